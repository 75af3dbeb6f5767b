"""What the patterns for Relay's rules, for events, logs and own patterns match.

As in `pattern_samples.py`: each sample is here because some part of its pattern needs it.
"""

SAMPLES: dict[str, dict[bytes | str, list[object]]] = {
    "config._CALL": {
        "(?*0": [], "(?-0": ["(?-0"], "(?P>": ["(?P>"], "(?#\n0": ["(?#\n0"], "(?#Z\n9": ["(?#Z\n9"], "(?-#a9": [], "(?9\n\t8": ["(?9"], "(?P#\n&": ["(?P#\n&"], "(?P#+\n&": ["(?P#+\n&"], "(?P?\n >": [], "(?P#F/|/&": [],
    },
    "config._IN_CLASS": {
        "#": ["#"], "(": [], "1": [], "V": [], "[')": ["[')"], "[](": ["[]("],
    },
    "config._PARTS": {
        "){1#}": [("){1", None, ")", None, "1", None)], "{#}": [], "(": [("(", "(", None, None, None, None)], "{#": [], "{0": [("{0", None, None, None, None, "0")], "{9": [("{9", None, None, None, None, "9")], ")#\n": [(")#\n", None, ")", None, None, None)],
        "){0": [("){0", None, ")", None, "0", None)], "){9": [("){9", None, ")", None, "9", None)], "{#\n": [("{#\n", None, None, None, None, "#\n")], ")#,\n": [(")#,\n", None, ")", None, None, None)],
        "){#\n": [("){#\n", None, ")", None, "#\n", None)], "{# \n": [("{# \n", None, None, None, None, "# \n")], ")\t#%!": [(")\t", None, ")", None, None, None)], "){#-\n": [("){#-\n", None, ")", None, "#-\n", None)],
        "){[#\n": [(")", None, ")", None, None, None)],
    },
    "formats.row._PLACE": {
        "{A}": [], "{A9}": [("{A9}", "A", "9")], "{Z0}": [("{Z0}", "Z", "0")], "{a0}": [("{a0}", "a", "0")], "{z0}": [("{z0}", "z", "0")],
    },
    "logs._CONVERSION": {
        "%Z": [("%Z", None)], "%a": [("%a", None)], "%*A": [("%*A", None)], "%+A": [("%+A", None)], "%-A": [("%-A", None)], "%.Z": [], "%LA": [("%LA", None)], "%hA": [("%hA", None)], "%lA": [("%lA", None)],
        "%()A": [("%()A", "()")], "%)*U": [], "%.*A": [("%.*A", None)], "%0#z": [("%0#z", None)], "%(')z": [("%(')z", "(')")],
    },
    "relay.configs._LINE": {
        "[#=][_]in[]": [], "[0][]from[A]": [], "[A][/]\nin[#]": [("[A][/]\nin[#]", "A", "/", "#")], "\n[<][z]in[-]G": [], " [ ][*]in\t[0]": [(" [ ][*]in\t[0]", " ", "*", "0")],
        '\x00[,]\t\n["]in[ ]': [('[,]\t\n["]in[ ]', ",", '"', " ")], ":[-][Z]from[:]": [("[-][Z]from[:]", "-", "Z", ":")], "[]\t[+.]in [1]\n": [],
    },
    "relay.defaults.BEARER": {
        "BEarerG": [], "BeareR\t": [], "BEAReR Z": ["BEAReR Z"], "1Bearer Z": [],
    },
    "relay.defaults.CARD": {
        "340-5090-09555550": ["340-5090-09555550"], "37995-090095050\n0": ["37995-090095050\n0"], "55055-009-0000000": [], "60119900000059-05": ["60119900000059-05"], "340\n95\t0900550500_": [],
        "40090090055009 5-5": ["40090090055009 5-5"], "5105\n000000999 099": ["5105\n000000999 099"], "5599\n9\n00099055559": ["5599\n9\n00099055559"], "650 055090590\t0\n00": [], "z34950\t0505500\n05-5": [],
    },
    "relay.defaults.IBAN": {
        "BI508AEa00a909": [], "C000rA0m9070AA": [], "D55zczWH0ako0I": [], "G05a6A9aDL6AAF": [], "I00az9za2A0099": [], "L95AZZGSazaZzb": [], "M05AEAhhcaA92z": [], "Q00A9aA9z3Zz90": [], "R050a990900z0A": [], "T00790ZZuAZ9A2": [],
        '"A00s90l9A9a098': [], '"V000A30A9zY919': [], "*N00nAAAa0AAa06": [], ",Z900zlaZ0AA1zA": [], "AD000aAz1ZAA09a": ["AD000aAz1ZAA09a"], "AE000DZ3BAAAF0Z": ["AE000DZ3BAAAF0Z"], "AO000W0zaaN0A09": ["AO000W0zaaN0A09"],
        "AZ0007gz2az0AzR": ["AZ0007gz2az0AzR"], "BA00090Azz090az": ["BA00090Azz090az"], "BE0000u9Zx00n90": ["BE0000u9Zx00n90"], "BF009vazq07eaa9": ["BF009vazq07eaa9"], "BG0009z0aaAtzAz": ["BG0009z0aaAtzAz"],
        "BH001Bz9a99H40A": ["BH001Bz9a99H40A"], "BI00019iqw999Z6": ["BI00019iqw999Z6"], "BJ000z0ZZ0wZzJ1": ["BJ000z0ZZ0wZzJ1"], "BR009dz2JzzJ709": ["BR009dz2JzzJ709"], "BY000aA09aa0190": ["BY000aA09aa0190"],
        "CH000hZd99a9kzl": ["CH000hZd99a9kzl"], "CI0010A0Aaaz04A": ["CI0010A0Aaaz04A"], "CM007ZY9j60Z091": ["CM007ZY9j60Z091"], "CY000aZZUzEaaN0": ["CY000aZZUzEaaN0"], "DE00093ZaB0zAaK": ["DE00093ZaB0zAaK"],
        "DJ009zaZbZm456z": ["DJ009zaZbZm456z"], "DK000zAFz7azzaA": ["DK000zAFz7azzaA"], "DO00203a4HlZaZz": ["DO00203a4HlZaZz"], "EE000lWza0A4Zr9": ["EE000lWza0A4Zr9"], "EG000YYXzAg90z0": ["EG000YYXzAg90z0"],
        "ES000CAtra989D9": ["ES000CAtra989D9"], "FI00210zzzzzAA7": ["FI00210zzzzzAA7"], "FO009a9zAZNAZO0": ["FO009a9zAZNAZO0"], "FR000Afa020Z90A": ["FR000Afa020Z90A"], "GA00939APZj0w0z": ["GA00939APZj0w0z"],
        "GB00Z0ZZAzva9RZ": ["GB00Z0ZZAzva9RZ"], "GE000oA9vza9g0I": ["GE000oA9vza9g0I"], "GL00099999Za8Z0": ["GL00099999Za8Z0"], "GT0000pak2Z29Aj": ["GT0000pak2Z29Aj"], "GW0049MAaaZeNk9": ["GW0049MAaaZeNk9"],
        "HN009908A9A4zaa": ["HN009908A9A4zaa"], "HR00000990z0aY9": ["HR00000990z0aY9"], "HU00ZAjZuZ6Aaza": ["HU00ZAjZuZ6Aaza"], "IE000ZA0waLZ9Z3": ["IE000ZA0waLZ9Z3"], "IQ0000ayVAXe0Ag": ["IQ0000ayVAXe0Ag"],
        "IS005zAU0z9aDz0": ["IS005zAU0z9aDz0"], "JO000Zaaa9b8asT": ["JO000Zaaa9b8asT"], "KM00PMza999zadL": ["KM00PMza999zadL"], "KW000aD9az7a99z": ["KW000aD9az7a99z"], "KZ003ha09q5HtA9": ["KZ003ha09q5HtA9"],
        "LB0000zZ0a0Z0A9": ["LB0000zZ0a0Z0A9"], "LI00009zaz69M01": ["LI00009zaz69M01"], "LU000aGcmZ4AAzs": ["LU000aGcmZ4AAzs"], "LY009h97zdRxgzY": ["LY009h97zdRxgzY"], "MA000da7dH9ZAA6": ["MA000da7dH9ZAA6"],
        "MD003zzvzIZAza0": ["MD003zzvzIZAza0"], "ME0008AWS8ava0z": ["ME0008AWS8ava0z"], "MG000TzzZ6JaZT0": ["MG000TzzZ6JaZT0"], "MK000n8z0Zzca2A": ["MK000n8z0Zzca2A"], "MT000030aA0z9aG": ["MT000030aA0z9aG"],
        "MU000AzSZAZXxZu": ["MU000AzSZAZXxZu"], "MZ000Za90Azq0az": ["MZ000Za90Azq0az"], "NE0099RaA6Ozza0": ["NE0099RaA6Ozza0"], "NO000a8xz48ZAAZ": ["NO000a8xz48ZAAZ"], "PK009a3ZWZz0999": ["PK009a3ZWZz0999"],
        "PL006ZEj3zz9cZZ": ["PL006ZEj3zz9cZZ"], "PS000cZAzzARz0a": ["PS000cZAzzARz0a"], "PT0039pTaA9Caz4": ["PT0039pTaA9Caz4"], "RO000Aa8A90bA90": ["RO000Aa8A90bA90"], "RS000a890A0aQZZ": ["RS000a890A0aQZZ"],
        "SA000AOzZMZ9az4": ["SA000AOzZMZ9az4"], "SC00958Z04ZZ0aX": ["SC00958Z04ZZ0aX"], "SE000Z0zafZZzza": ["SE000Z0zafZZzza"], "SI00004auaAAz02": ["SI00004auaAAz02"], "SK000Jaze9qZAXa": ["SK000Jaze9qZAXa"],
        "SM009A93SZAZoW1": ["SM009A93SZAZoW1"], "SN000zb8a90Ea9w": ["SN000zb8a90Ea9w"], "ST002aHaa0B9La9": ["ST002aHaa0B9La9"], "SV0009a96z9aAA9": ["SV0009a96z9aAA9"], "TN000c90879zT3F": ["TN000c90879zT3F"],
        "UA00A2000atZzXZ": ["UA00A2000atZzXZ"], "VG000Ax90D09azz": ["VG000Ax90D09azz"], "XK00A08790ZA9U0": ["XK00A08790ZA9U0"], "0IE55d0azzqzRAzZ": [], "AT05Z93Zp191azA_": [],
    },
    "relay.defaults.KEY": {
        "OTP": ["OTP"], " OtP": [], "AUTH": ["AUTH"], "OTpp": [], "TOen": [], "Tokn": [], "ApIKy": [], "ApKey": [], "Tken:": [], "aPiKE": [], "aikey": [], "apiEY": [], "pikey": [], "#oken:": [], "PASsWd": ["PASsWd"],
        "SECRet": ["SECRet"], "ToKen=": ["ToKen="], "API_key": ["API_key"], "APi-Key": ["APi-Key"], "TOKenZ:": ["TOKenZ:"], "toke.|:": [], "PASsWord": ["PASsWord"], "MYSQl_pWd": ["MYSQl_pWd"], "PRIvatEkey": ["PRIvatEkey"],
        "TWO-factor": ["TWO-factor"], "TWo_FACtor": ["TWo_FACtor"], "\x00two_fActor": [], "CREdeNtiaLs": ["CREdeNtiaLs"], "PRIVate-key": ["PRIVate-key"], "PRIvaTE_KeY": ["PRIvaTE_KeY"], "TWo_fActor:": [],
    },
    "relay.defaults.SSN": {
        "000-09-0900": ["000-09-0900"], "009-00-0009": ["009-00-0009"], "000-01-9000Z": [], "0006-19-8092": [],
    },
    "relay.defaults._PRIVATE_KEY": {
        "-----BEGINAPUBLIC KEY-----------ENDAPUBLIC KEY-----": [("-----BEGINAPUBLIC KEY-----------ENDAPUBLIC KEY-----", "-")],
        "-----BEGIN PRIVATE KEY-----.-----END PUBLIC KEY-----": [("-----BEGIN PRIVATE KEY-----.-----END PUBLIC KEY-----", ".")],
        "-----BEGIN PUBLIC KEY-----\t+-----END PUBLIC KEY-----": [("-----BEGIN PUBLIC KEY-----\t+-----END PUBLIC KEY-----", "+")],
        "-----BEGIN PUBLIC KEY-----\n\r-----END PUBLIC KEY-----": [("-----BEGIN PUBLIC KEY-----\n\r-----END PUBLIC KEY-----", "\r")],
        "-----BEGIN PUBLIC KEY-----_\n-----END PUBLIC KEY-----": [("-----BEGIN PUBLIC KEY-----_\n-----END PUBLIC KEY-----", "_")],
        "-----BEGINZPUBLIC KEY-----a-----END PRIVATE KEY-----": [("-----BEGINZPUBLIC KEY-----a-----END PRIVATE KEY-----", "a")], "-----BEGIN  PUBLIC KEY-----\r:\n-----ENDPUBLIC KEY-----": [],
        "-----BEGIN  PUBLIC KEY-----.\r-----ENDZPUBLIC KEY-----": [("-----BEGIN  PUBLIC KEY-----.\r-----ENDZPUBLIC KEY-----", ".")], "-----BEGIN RIVATE KEY----- \r\n-----ENDAPUBLIC KEY-----": [],
        "-----BEGINPUBLIC KEY-----\nA\r\n-----ENDAPUBLIC KEY-----": [], '-----BEGIN PUBLIC KEY-----\n"\r\n-----END RIVATE KEY-----': [],
    },
    "relay.defaults._URL_AUTH": {
        "3://:.@": [], "9//_:.@": [("//_:.@", ".")], "Z//0:%@": [("//0:%@", "%")], "Z//Z:a@": [("//Z:a@", "a")], "0://z:-@": [("0://z:-@", "-")], "0z://_:@": [], "3://-:A@": [("3://-:A@", "A")], "3://9:z@": [("3://9:z@", "z")],
        "5://a:9@": [("5://a:9@", "9")], "9://-:Z@": [("9://-:Z@", "Z")], "9://A:_@": [("9://A:_@", "_")], "a://.:0@": [("a://.:0@", "0")], "z://%:-@": [("z://%:-@", "-")], "Z://.:-%-@": [],
    },
    "relay.defaults._WHOLE": {
        "OTP": ["OTP"], "&Otp": [], "AUTh": ["AUTh"], "OTpf": [], "ApIky": [], "Apiey": [], "Toke=": [], "aiKeY": [], "apIke": [], "apkey": [], "piKEY": [], "PASSWD": ["PASSWD"], "SECret": ["SECret"], "TOKEn=": ["TOKEn="],
        "API-KeY": ["API-KeY"], "API_Key": ["API_Key"], "Assword": [], "PasswoR": [], "Pasword": [], "TOkENG:": ["TOkENG:"], "pASSwrD": [], "pAsSOrd": [], "pSsworD": [], "passWod": [], "MYSQL_pwd": ["MYSQL_pwd"],
        "PRIVaTEkey": ["PRIVaTEkey"], "TWO-Factor": ["TWO-Factor"], "TWo_fACtoR": ["TWo_fACtoR"], "\ntwo-FacToR": [], "CReDEntials": ["CReDEntials"], "PRIVatE_KeY": ["PRIVatE_KeY"], "PRIvAte-Key": ["PRIvAte-Key"],
        "TwO_fActorf": [],
    },
    "relay.rules._COOKIES": {
        "sU=": [], "SU=#": [("SU=#", "#")], "1su=F": [], "Suo=,": [], "Udo=F": [], "qjw=*": [], "sDo=1": [], "sud= ": [], "=wTw=*": [], "Su_0=-": [], "Su__= ": [], "XsRF=.": [("XsRF=.", ".")], "srf=aé": [],
        "zjWt=A": [("zjWt=A", "A")], "JWt--=-": [("JWt--=-", "-")], "_ajwt=*": [("_ajwt=*", "*")], "cSRfa=/": [("cSRfa=/", "/")], "csrf_=.": [("csrf_=.", ".")], "jwtz=.0": [("jwtz=.0", ".0")], "SessiD=F": [("SessiD=F", "F")],
        "SEssIon=/": [("SEssIon=/", "/")], "SYMfOny=>": [("SYMfOny=>", ">")], "+ession=z%": [], "_ Essid=.9*": [], "sEntRySid=\n": [("sEntRySid=\n", "\n")], "#enTRysid=1*": [], "xsrz__00=z__00=:": [], "cSRz-a_-z-c-__0=%": [],
        "sentrysi--a_w---___5=#1": [], 'e_sESsio=ESsio=A" \n=Az\'%\'': [],
    },
    "relay.rules._UUID": {
        "00000awn2m990m9gzvz0a9qayy0a999y9": [], "0000fda59aga9090i749-zzp0r078azfa": ["0000fda59aga9090i749-zzp0r078azfa"], "000a09b0zk0f-99zzz0airpzz95g0r962": ["000a09b0zk0f-99zzz0airpzz95g0r962"],
        "000azat0-za05a1az9aaz500w4098cz9z": ["000azat0-za05a1az9aaz500w4098cz9z"], "00990aa099090z9z-0z00a9u699z8z2aa": ["00990aa099090z9z-0z00a9u699z8z2aa"],
    },
    "relay.selectors._TOKEN": {
        "!": [("!", None, None, None, None, None, None, None, None, "!", None, None, None)], "&": [("&", None, None, None, None, None, None, "&", None, None, None, None, None)],
        "*": [("*", None, None, "*", None, None, None, None, None, None, None, None, None)], "0": [("0", None, None, None, "0", None, None, None, None, None, None, None, None)],
        "9": [("9", None, None, None, "9", None, None, None, None, None, None, None, None)], "A": [("A", None, None, None, None, "A", None, None, None, None, None, None, None)],
        "|": [("|", None, None, None, None, None, None, None, "|", None, None, None, None)], "~": [("~", None, None, None, None, None, None, None, None, "~", None, None, None)], " $": [],
        "$_": [("$_", "$_", None, None, None, None, None, None, None, None, None, None, None)], "$a": [("$a", "$a", None, None, None, None, None, None, None, None, None, None, None)],
        "$z": [("$z", "$z", None, None, None, None, None, None, None, None, None, None, None)], "''": [], "FZ": [("FZ", None, None, None, None, "FZ", None, None, None, None, None, None, None)],
        "G9": [("G9", None, None, None, None, "G9", None, None, None, None, None, None, None)], "Z0": [("Z0", None, None, None, None, "Z0", None, None, None, None, None, None, None)],
        "Z_": [("Z_", None, None, None, None, "Z_", None, None, None, None, None, None, None)], "_-": [("_-", None, None, None, None, "_-", None, None, None, None, None, None, None)],
        "_A": [("_A", None, None, None, None, "_A", None, None, None, None, None, None, None)], "zz": [("zz", None, None, None, None, "zz", None, None, None, None, None, None, None)],
        "'%'": [("'%'", None, None, None, None, None, "%", None, None, None, None, None, None)],
        ")aa": [(")", None, None, None, None, None, None, None, None, None, None, ")", None), ("aa", None, None, None, None, "aa", None, None, None, None, None, None, None)],
    },
    "relay.sieve._ALIKE": {
        "(": ["(", ""], "\\B": ["\\B", ""], "\\b": ["\\b", ""], "(?i": ["?i", ""], "[&]": ["[&]", ""], "&{{}": [""], "[\\0]": ["0]", ""], "[\\W]": ["[\\W]", ""], "[\\Z]": ["Z]", ""], "{0,0}": ["{0,0}", ""],
        "(?P<a>": ["(?P<a>", ""], "(?P<z>": ["(?P<z>", ""], "[\\B]\\S": ["[\\B]\\S", ""], "[\\S\\s]": ["[\\S\\s]", ""], "[a&&b]": ["a&&b]", ""], "(?P<A>Z": ["(?P<A>Z", ""], "(?P<Za>": ["(?P<Za>", ""],
        "\\s[\\Dz]": ["\\s[\\Dz]", ""], "(?i)[\\b]": ["(?i)[\\b]", ""], "[^\\S|]\\@": ["[^\\S|]\\@", ""], "ai)(?P<a9": ["?P<a9", ""], "(?i)[~\\d]=": ["(?i)[~\\d]=", ""], "[^]\\9\\s][^]": ["9\\s][^]", ""],
        "(?i){5}[=-]_": ["(?i){5}[=-]_", ""], "{9}[^]\x009}[^]\x00": ["[^]\x00", ""], "[^]]\\;\\S\\_[\\S\\a](?:>b{0,}[]": ["a](?:>b{0,}[]", ""], "\\%([]\\AA](?P<K_Z>[]](?:{0}\\ @": ["AA](?P<K_Z>[]](?:{0}\\ @", ""],
        '[^]![^]](?^]![^]](?i:\\W(?P<d>\\"%G': ['?^]![^]](?i:\\W(?P<d>\\"%G', ""], '\\\n["]{900,}[^]\\![]](?:\\<[^\\!)\\^\\b\\+\\z~\\\n\\w]': ["z~\\\n\\w]", ""],
        "]P<a>\\<{0}{0,}\\~[^]\\;G{\\*\\\n0\\'\\~\\!+\\w]\\D(?:": ["]P<a>\\<{0}{0,}\\~[^]\\;G{\\*\\\n0\\'\\~\\!+\\w]\\D(?:", ""],
        "(?i)\\,(?:(?P<RZ_0ZZ00Z_>\\((?:[^]]\\b\\s[\\W\\(\\S\\d\\w||~\\d\\s\\w]": ["\\W\\(\\S\\d\\w||~\\d\\s\\w]", ""],
    },
    "sentry.events._ENVIRONMENT": {
        "\x00": ["\x00", ""], "/": [""],
    },
    "sentry.events._FACT": {
        "\x01": [""], " ": [" ", ""], "\x7f": [""],
    },
    "sentry.events._HAS_ORIGIN": {
        "Z://": ["Z://"], "a://": ["a://"], "z://": ["z://"], "A+://": ["A+://"], "A-://": ["A-://"], "A0://": ["A0://"], "A9://": ["A9://"], "AA://": ["AA://"], "AZ://": ["AZ://"], "Ga://": ["Ga://"], "Hz://": ["Hz://"],
    },
    "sentry.events._IDENTIFIER": {
        "-": ["-"], "/": ["/"], ":": [":"], "<": ["<"], ">": [">"], "@": ["@"], "[": ["["], "]": ["]"], ": ()": [], "$ (<)": ["$ (<)"], "$ (>)": ["$ (>)"], "$ (Z)": ["$ (Z)"], "!009050$": ["09050$"],
        "App Hanging": ["App Hanging"], "App Hanging\x00": [], "Fatal App Hang Fully Blocked": ["Fatal App Hang Fully Blocked"], "Fatal App Hang Fully Blocked\n": [], "Fatal App Hang Nn Fully Blocked": ["Blocked"],
        "Fatal App Hang No Fully Blocked": ["Blocked"], "Fatal App Hang on Fully Blocked": ["Blocked"],
    },
    "sentry.events._METHOD": {
        "GET ": ["GET "], "OST ": [], "POS ": [], "POT ": [], "PST ": [], "PUT ": ["PUT "], "HEAD ": ["HEAD "], "RACE ": [], "TACE ": [], "TRAC ": [], "TRAE ": [], "TRCE ": [], "PATCH ": ["PATCH "], "DELETE ": ["DELETE "],
        "OPIONS ": [], "OPTINS ": [], "OPTION ": [], "OPTIOS ": [], "OPTONS ": [], "OTIONS ": [], "PTIONS ": [], "CONNECT ": ["CONNECT "],
    },
    "sentry.events._NOTHING": {
        "!": [],
    },
    "sentry.events._PACKAGE": {
        "*": [], "-": ["-"], "/": ["/"], ":": [":"], "@": ["@"], "+\x00": [],
    },
}  # fmt: skip
