"""What the patterns within the scrubber match: samples, each with what is found in it.

Each sample is here because some part of its pattern needs it: without that part, something else
would be found. They were drawn from the patterns and from strings near them, and then read. Of a
pattern with groups, all groups are listed, the whole match first.
"""

SAMPLES: dict[str, dict[bytes | str, list[object]]] = {
    "active_rules._JSON_BEGINS": {
        b'["': [b'["'], b"[]": [b"[]"], b"[n": [b"[n"], b'{"': [b'{"'], b"\t[-": [b"\t[-"], b"[\x0bt": [b"[\x0bt"], b"\n{\t}": [b"\n{\t}"], b"[\r\n9": [b"[\r\n9"], b",\xbf\t[f": [b"\t[f"], b"\xef\xbb\xbf[0": [b"\xef\xbb\xbf[0"],
        b"\xef\xbb\xbf[[]": [b"\xef\xbb\xbf[["],
    },
    "decodings._ENCODED": {
        b'\\"': [b'\\"'], b"\\/": [b"\\/"], b"\\\\": [b"\\\\"], b"\\b": [b"\\b"], b"\\f": [b"\\f"], b"\xc2\xbe": [b"\xc2\xbe"], b"\x1b[z": [b"\x1b[z"], b"%Fa": [b"%Fa"], b"%a9": [b"%a9"], b"%b0": [b"%b0"], b"%fA": [b"%fA"],
        b"&#9": [b"&#9"], b"\xe0\x81\x80": [b"\xe0\x81\x80"], b"\xe1\xbf\x80": [b"\xe1\xbf\x80"], b"\x1b[0z": [b"\x1b[0z"], b"\x1b[9A": [b"\x1b[9A"], b"\x1b[:Y": [b"\x1b[:Y"], b"\x1b[;a": [b"\x1b[;a"], b"&Zy;": [b"&Zy;"],
        b"\\x0f": [b"\\x0f"], b"\\x9a": [b"\\x9a"], b"\\xA1": [b"\\xA1"], b"\xf3\xbe\x80\xbe": [b"\xf3\xbe\x80\xbe"], b"\x1b[;;Z": [b"\x1b[;;Z"], b"&#90;": [b"&#90;"], b"&#xf;": [b"&#xf;"], b"0\\n\xde\x80": [b"\\n", b"\xde\x80"],
        b'&#XA0"': [b"&#XA0"], b"\\uB99A": [b"\\uB99A"], b"\\uafEe": [b"\\uafEe"], b"\\xFF\\t": [b"\\xFF", b"\\t"], b"&#x\x80f;[": [], b"&yga90;": [b"&yga90;"], b"|&x9;\\u": [], b"&#xaa9BAF": [b"&#xaa9BAF"],
        b"\\u81F0\\r+": [b"\\u81F0", b"\\r"], b"&rxrGzbzA10;": [b"&rxrGzbzA10;"],
    },
    "decodings._INVISIBLE": {
        "︅": ["︅"], "󠅐": ["󠅐"],
    },
    "decodings._TOKEN": {
        b'\\"': [b'\\"'], b"\\/": [b"\\/"], b"\\b": [b"\\b"], b"\\f": [b"\\f"], b"\x1b[A": [b"\x1b[A"], b"\x1b[a": [b"\x1b[a"], b"%9f": [b"%9f"], b"%A0": [b"%A0"], b"%F9": [b"%F9"], b"%ab": [b"%ab"], b"&#XA": [b"&#XA"], b"&#x\x80": [],
        b"&uY;": [b"&uY;"], b"\\x1A": [b"\\x1A"], b"\\x89": [b"\\x89"], b"\\xFF": [b"\\xFF"], b"\\xf0": [b"\\xf0"], b"\x1b[;0Z": [b"\x1b[;0Z"], b"\x1b[Z\\t": [b"\x1b[Z", b"\\t"], b"&#019": [b"&#019"], b"&#1\\r": [b"&#1", b"\\r"],
        b"\\\\ta(": [b"\\\\"], b"\x1b[9:0z": [b"\x1b[9:0z"], b"&#xAf9": [b"&#xAf9"], b"&#xaF;": [b"&#xaF;"], b"\\u9B0f": [b"\\u9B0f"], b"\\uAF1b": [b"\\uAF1b"], b"\\uFeaB": [b"\\uFeaB"], b"\\xa0\\n": [b"\\xa0", b"\\n"],
        b"&#&x9;\\r": [b"\\r"], b"&uyZa90;": [b"&uyZa90;"], b"&#x0fBABb": [b"&#x0fBABb"], b"&GnrGnAzY;": [b"&GnrGnAzY;"],
    },
    "keys.in_text._AFTER_STEM": {
        b"B": [b"B", b""], b"8=": [b"8", b"", b""], b"s[": [b"s[", b""], b",$n": [b"", b"$n", b""], b"-$n": [b"-$n", b""], b"1\x81\xfe": [b"1\x81\xfe", b""], b"a_]": [b"", b"_]", b""], b"s\xfe\xffG": [b"s\xfe\xffG", b""],
        b's\xff.-"]': [b"s\xff.-", b"", b"]", b""], b"\r\n\x80g[[Z\xfft{": [b"", b"", b"\x80g[[Z\xfft", b"", b""],
    },
    "keys.in_text._ALL_DIGITS": {
        b'8"': [], b"0:9": [b"0:9"],
    },
    "keys.in_text._ALONE": {
        b"F_:Z": [(b"F_:Z", b"F_", b"Z")], b"aF=Y": [(b"aF=Y", b"aF", b"Y")], b"x0:0": [(b"x0:0", b"x0", b"0")], b"Af=zz": [(b"Af=zz", b"Af", b"zz")], b"F=Y\\r": [], b"z=Afr": [(b"z=Afr", b"z", b"Afr")], b"&=zz=a": [(b"zz=a", b"zz", b"a")],
        b"Bfn: 9": [(b"Bfn: 9", b"Bfn", b"9")],
        b"ZG9FzAztAntaf0fF0gznzfFAfn9g9rxeFnu9AtagZ_GnF9rGA0zgFrgFGfFa9AF: B.-/": [(b"ZG9FzAztAntaf0fF0gznzfFAfn9g9rxeFnu9AtagZ_GnF9rGA0zgFrgFGfFa9AF: B.-/", b"ZG9FzAztAntaf0fF0gznzfFAfn9g9rxeFnu9AtagZ_GnF9rGA0zgFrgFGfFa9AF", b"B.-/")],
    },
    "keys.in_text._BETWEEN": {
        b"`,>": [b"`,"], b"`<-": [b"`<-"], b"\\\x0c=~": [b"\\\x0c=~"], b"\\]-=": [b"\\]-="], b'":===': [b'":==='], b"' \n,\x0b": [b"' \n,\x0b"], b'"\x0b\x0b,y=': [b'"\x0b\x0b,', b"="], b" any = ": [b" any = "], b"%TexT!=": [b"!="],
        b"-any = ": [b" = "], b":TexT!=": [b":TexT!="], b"`\r\x0b|===>": [b"`\r\x0b|===>"], b" []byte = ": [b" []byte = "], b" string = ": [b" string = "], b"`]:\n\x0bbYtE=\n": [b"`]:\n\x0bbYtE=\n"],
        b"]:\t\x0bStr\x0b\n\x0b\x0c=": [b"]:\t\x0bStr\x0b\n\x0b\x0c="], b"':optiON[stR>=": [b"':optiON[stR>="], b"Z\x0b:nsStriNg**=": [b"\x0b:nsStriNg**="], b"[:*std::Strin<": [b":", b"::"], b"`]:sTrinG*!*\x0b=": [b"`]:sTrinG*!*\x0b="],
        b'":*std::String=': [b'":*std::String='], b'\'\\":OBjEcT|NoNe=': [b'\\":OBjEcT|NoNe='], b"]\t\x0b:esS)triNg**=\x00": [b"]\t\x0b:", b"="], b"\\`]:muTmaYbe<>tr]?=y": [b"\\`]:", b"]?="],
        b'\\\\"\n:OptiOnal[STR>!?=\x0c': [b'\\\\"\n:OptiOnal[STR>!?=\x0c'], b"\x0b\n:Any\x0b\x0b|uNDEFiNed?!\n\x0c=": [b"\x0b\n:Any\x0b\x0b|uNDEFiNed?!\n\x0c="],
        b"\x0b\n:\n'stATicbox<secRetstR]=\x0b\n": [b"\x0b\n:\n'stATicbox<secRetstR]=\x0b\n"], b'\\\\":Box[strINg>\x0b|NuLl!*\n\t=\x0b\x0c': [b'\\\\":Box[strINg>\x0b|NuLl!*\n\t=\x0b\x0c'],
        b":\x0bconStByTES\t\x0b\n\n|\x0b\x0buNDEFiNEd?*=": [b":\x0bconStByTES\t\x0b\n\n|\x0b\x0buNDEFiNEd?*="], b"\\\\]:\x0c\n\n\n\t**\t\rNonNulLSEcrEtstr*=": [b"\\\\]:\x0c\n\n\n\t**\t\rNonNulLSEcrEtstr*="],
        b"]:MaYbE[ByTes]|\x0c uNdEFiNEd*??\x0c=": [b"]:MaYbE[ByTes]|\x0c uNdEFiNEd*??\x0c="], b"'\x0c:coNst\x0c&\n\nMut&mut\t\x0c\x0b\n\x0cMutchAR=": [b"'\x0c:coNst\x0c&\n\nMut&mut\t\x0c\x0b\n\x0cMutchAR="],
        b"\\\\`\r\n\n\t\n:\x0c'StatICFInalVaRchAr|None=": [b"\\\\`\r\n\n\t\n:\x0c'StatICFInalVaRchAr|None="], b"\\\\]:\x0c\nfinAL'stATic\nsECUREstriNG\t\n=\x0c:": [b"\\\\]:\x0c\nfinAL'stATic\nsECUREstriNG\t\n=\x0c", b":"],
    },
    "keys.in_text._CALL": {
        b'A("': [b'A("'], b"F(`,": [], b"na('-": [b"a('-"], b"a(\t`-$$fF.": [b"a(\t`-$$fF."],
    },
    "keys.in_text._COMMA": {
        b'",': [b'",'], b"`\n\n,": [b"`\n\n,"], b"`,\\r": [],
    },
    "keys.in_text._DUMPED": {
        b"(xx) ._": [], b"(rxy) \x0b%": [b"(rxy) \x0b"], b"\\rg(098)\r\x00": [], b"rxg(098)\r\x00": [b"rxg(098)\r"], b"gzaz(9)\x0b\n\t:": [b"gzaz(9)\x0b\n\t"], b"(zgxarnrxx)\x0b\x80": [b"(zgxarnrxx)\x0b"], b"{aanznxa()\tu9": [],
        b"(yaxrrby(9).\r-@": [],
    },
    "keys.in_text._EXPRESSION": {
        b'Zt)"': [b"Zt)"], b"A[] ,": [b"A[] ,"], b"\\raxty)&": [b"raxty)"], b"_.__AuZ)": [b"_.__AuZ)"], b"{az[0] )": [b"az[0] )"], b"&*b[-09],": [b"&*b[-09],"], b"&**&&*z[-1],": [b"&**&&*z[-1],"],
    },
    "keys.in_text._FIELDS": {
        b'Form-dAtA;naME="\n\r\n\n': [(b'Form-dAtA;naME="\n\r\n', b"")], b'form-data; name="a"x\r\n\r\n': [(b'form-data; name="a"x\r\n\r\n', b"a")], b"form-data;a\rb name=c\r\n\r\n": [],
        b"form-data; name=a\r\nb\nc\r\n\r\n": [(b"form-data; name=a\r\nb\nc\r\n\r\n", b"a")], b'form-DAtA;_NAme="\'\r\n0n\x00\n"\r\n\r\n': [], b'FORm-DATA;nAMe="<g";\x0b#\rB\r\n|\n\n\xff': [],
        b'form-data;name=b; name="a"\r\n\r\n': [(b'form-data;name=b; name="a"\r\n\r\n', b"b")], b'Form-daTa;F\nu\t {NAme=\r\n"\r\nr\n\t\n\nE': [], b"form-data;name=a\r\na\na\na\na\na\na\na\na\na\na\na\na\n\r\n": [],
        b'Form-data;@\x0et`\x0bGF+x\t9)\x00]),,(A]>$z\x00$\x0c)\x0cx,]zZ#$aA\'/$=\xff\t.]?\x0b [g\t\t\x0c\x0e!(`\x00"F(a,G09`!\xff&0{\x0bzfZ$t\x0c\x0e$\x00\x0b\x00.:\xff\x0c,f@{9\x00|\tG\\[nAme="\n\n': [(b'Form-data;@\x0et`\x0bGF+x\t9)\x00]),,(A]>$z\x00$\x0c)\x0cx,]zZ#$aA\'/$=\xff\t.]?\x0b [g\t\t\x0c\x0e!(`\x00"F(a,G09`!\xff&0{\x0bzfZ$t\x0c\x0e$\x00\x0b\x00.:\xff\x0c,f@{9\x00|\tG\\[nAme="\n\n', b"")],
    },
    "keys.in_text._FIELD_END": {
        b"\n--`": [b"\n--", b""],
    },
    "keys.in_text._GIVEN": {
        b" valuE='\x00": [], b"\nVAluE\x0b=''": [(b"\nVAluE\x0b=''", None, b"", None)], b'\x0bcONtEnT=""': [(b'\x0bcONtEnT=""', b"", None, None)], b'\rCoNtenT=g#"': [(b"\rCoNtenT=g#", None, None, b"g#")],
        b"\tCONteNt\x0b\n=_>.": [(b"\tCONteNt\x0b\n=_", None, None, b"_")], b'\tdEfaulT=\'\x1b+)"\'': [(b'\tdEfaulT=\'\x1b+)"\'', None, b'\x1b+)"', None)], b'\rDeFauLt\t ="0u"': [(b'\rDeFauLt\t ="0u"', b"0u", None, None)],
    },
    "keys.in_text._GO_TYPE": {
        b" any": [b" any"], b" []byte": [b" []byte"], b" string": [b" string"], b" []byte(": [],
    },
    "keys.in_text._KEY_REST": {
        b'\x00"}': [b'"}'], b"\x0b\x0b>": [b"\x0b\x0b>"], b'="]': [b"=", b'"]'], b'\t"\x0b]': [b'\t"\x0b]'], b'"-`>': [b"`>"], b"+]!=": [b"+]!="], b':z":': [b":", b'":'], b"`]|=": [b"`]|="], b'a\x0b"}': [b'\x0b"}'], b" [ = ": [b"[ ="],
        b';``":': [b';``":'], b'\\t{",': [b'\\t{",'], b"9$']<-": [b"9$']<-"], b"<]\r\x0b-=": [b"<]\r\x0b-="], b']"\x0be\x0b:': [b"\x0b:"], b" ]]n = ": [b" ]]n = "], b"&-\xff\\\n\x0c?=": [b"&-\xff\\\n\x0c?="],
        b"F\\']\t\x0b+=": [b"F\\']\t\x0b+="], b"\\n]]n = ": [b"]]n ="], b'{g"!A"]\'': [b'!A"]'], b"a [*zf = ": [b" [*zf = "], b'#\\\x00|/"]<\\n': [b'|/"]'], b"<n\\\\'\x0c\x0b\r\n}": [b"<n\\\\'\x0c\x0b\r\n}"],
        b"!u\xfe bxagu = ": [b"!u\xfe bxagu = "], b'Z\x1b/\x01\xff]"`\n\n,\x0b': [b"`\n\n,"], b".u[zfgyuaz = ": [b".u[zfgyuaz ="],
    },
    "keys.in_text._LINES": {
        b"CoOkie\n\x0b=\x0c\n=*": [(b"CoOkie\n\x0b=\x0c\n=*", b"CoOkie", b"CoOkie", b"=*")], b'cOOkie":"="\x00"="\r"': [(b'cOOkie":"="\x00"', b"cOOkie", b"cOOkie", b'="\x00"')], b'taUThorIZation:"=\n': [], b"ErAutHoriZATIOn\x0b\r:\r": [],
        b'-aUTHoRizatIon"=\x0b\x0b"=\r': [(b'-aUTHoRizatIon"=\x0b\x0b', b"-aUTHoRizatIon", b"aUTHoRizatIon", b"\x0b")], b'ru-z-cookIE==""="|\\"=&\n': [(b'ru-z-cookIE==""="|\\"=&', b"ru-z-cookIE", b"cookIE", b'=""="|\\"=&')],
        b'AUThorizaTiOn=\r\n=(=/="\n"': [(b"AUThorizaTiOn=\r\n=(=/", b"AUThorizaTiOn", b"AUThorizaTiOn", b"=(=/")],
    },
    "keys.in_text._LOGIN": {
        b"LOgIn*\x0bPaSSw": [], b"lOgIN\x0b\n\n@ PaSSW": [b"lOgIN\x0b\n\n@ PaSSW"], b"lOgIN\x0b\n\n@yPaSSW": [], b"mAchine\x0b.\x0bpASSw": [b"mAchine\x0b.\x0bpASSw"], b"AccoUNT\t \x0c Passw": [],
        b"aCcouNt\r\x0b\x0bz\x0cpaSSw": [b"aCcouNt\r\x0b\x0bz\x0cpaSSw"], b"|MACHInE\x0c{\x00\npAssW": [], b"AccOUNT\r),\x0b>\nPaSSw": [],
    },
    "keys.in_text._LOGS_IN": {
        b"login ": [b"login "], b"account\r": [b"account\r"], b"machine ": [b"machine "],
    },
    "keys.in_text._MAY_BE_OPTION": {
        b"-": [b"-"], b"x--": [],
    },
    "keys.in_text._MORE": {
        b"==": [b"="],
    },
    "keys.in_text._MORE_THAN_ZEROS": {
        b"1": [b"1"], b"9": [b"9"],
    },
    "keys.in_text._NAMED": {
        b'\rkeY="}': [], b'\x0bFiElD =9""': [(b"\x0bFiElD =9", None, None, b"9")], b"\x0bNamE=\n\n']'": [(b"\x0bNamE=\n\n']'", None, b"]", None)], b"\rid=]#?\x00!$<": [(b"\rid=]#?\x00!$<", None, None, b"]#?\x00!$<")],
        b"\x0bproperty=''": [(b"\x0bproperty=''", None, b"", None)], b'\npRopERtY="""': [(b'\npRopERtY=""', b"", None, None)], b"\r\nKeY\x0b=\x0b#%&>.": [(b"\nKeY\x0b=\x0b#%&", None, None, b"#%&")],
    },
    "keys.in_text._NETRC": {
        b"lOGiN\t[*\x0bPaSswd A": [(b"lOGiN\t[*\x0bPaSswd A", b"A")], b"mACHINe\x0b\x0b\x0bPAsSwd\x0bt'": [], b"AcCOunT:. PasSwOrd \r@": [], b'aCCOUNT\r\\&pASSWd\n \t?"': [],
        b"MACHInE\t|-;\rpaSSwORd\x0b@": [(b"MACHInE\t|-;\rpaSSwORd\x0b@", b"@")], b"acCouNT \x0b' \tPAssword\t$\x1b": [(b"acCouNT \x0b' \tPAssword\t$\x1b", b"$\x1b")], b"LogiN\r\x0b\t\xff'& \n\tpaSsword\n\x0b": [],
        b"acCOuNt\t\r\t\x00F\rpassWD\n\n\r @": [], b"accOunT\t\xff;#\x0bPasswoRD\\n #": [], b"yacCouNT \x0b' \tPAssword\t$\x1b": [],
    },
    "keys.in_text._OPTION": {
        b"--a=:": [b"--a=:"], b"-t\n-+": [], b"-z=}:": [b"-z=}:"], b"-B=::%": [b"-B=:"], b"-u={\x00:": [], b'\x1b-Z=":#': [b'\x1b-Z=":'], b"--A+\x0b\x0b(": [b"--A+\x0b\x0b("], b"--A=\x0b_:": [], b">--r-n\n\x0b": [], b'`-u-_="":': [],
        b"\t--x-_\n\x0b\x0c>": [b"\t--x-_\n\x0b\x0c>"], b"9--A+\x0b\x0b\x80(>": [],
    },
    "keys.in_text._SLICE": {
        b":]": [b":]"], b'"::-]]': [b"::-]"], b"::109]": [b"::109]"],
    },
    "keys.in_text._USERS": {
        b'--user=\':9`"': [(b"--user=':9`", b":9`")], b'curl\\\x0b\n\t-u=":': [], b"curl_\\\r\n\t-u=':": [], b"--proxy-user\r:(": [(b"--proxy-user\r:(", b":(")], b"curl a\rb -u x:y": [],
        b"curl\\\r\n[\t-u=G`:": [(b"curl\\\r\n[\t-u=G`:", b"G`:")], b'curl>\\\n\t-u\t"&:/u': [(b'curl>\\\n\t-u\t"&:/u', b"&:/u")], b"\\ncurl]\\\r\n\x0b-u='G0:": [], b"curl -u x:y -u v:w": [(b"curl -u x:y", b"x:y")],
        b'--proxy-user=>="|:/': [],
    },
    "keys.in_text._WHOLE_TAG": {
        b"<<>": [b"<>"], b"<>>": [b"<>"],
    },
    "keys.in_text._WRITTEN": {
        "_": [], "\\u9": ["u", "9"],
    },
    "keys.placeholders._DIGIT": {
        b"0": [b"0"], b"9": [b"9"],
    },
    "keys.placeholders._EXPRESSION": {
        b"G.": [], b"FAZ[": [b"FAZ["], b"_.B;": [b"_.B;"], b"a.b:": [b"a.b:"], b"r.y,": [b"r.y,"], b"A.Fgz;": [b"A.Fgz;"], b"Zf.Gz[": [b"Zf.Gz["], b"y/z.[@": [], b"g.Yn,e.a": [b"e.a"], b"Zz.F._ZG;": [b"Zz.F._ZG;"],
        b"zFguxZ.A(": [b"zFguxZ.A("], b"a_y.a.y_Z[e": [b"a_y.a.y_Z["], b"9.f.y.n.zz.AtrFF": [b"f.y.n.zz.AtrFF"],
    },
    "keys.placeholders._FILLED": {
        b"%Z": [(b"%Z", None)], b"%a": [(b"%a", None)], b"**": [(b"**", b"*")], b"--": [(b"--", b"-")], b"??": [(b"??", b"?")], b"__": [(b"__", b"_")], b"%()s": [], b"%(a)s": [(b"%(a)s", None)], b"\\n%Z.": [],
        b"%(_x)S": [(b"%(_x)S", None)], b"\xe2\x80\xa2\xe2\x80\xa2": [(b"\xe2\x80\xa2\xe2\x80\xa2", b"\xe2\x80\xa2")], b"%(Fzr)S": [(b"%(Fzr)S", None)], b"zG-XXXxXxxX": [(b"zG-XXXxXxxX", None)], b"rf{FXxxxxxXx": [(b"XxxxxxXx", b"X")],
        b"Gagtzazy-xXxXxxxX": [(b"Gagtzazy-xXxXxxxX", None)], b"uzfG-Fg_xxxXxxxXXx": [(b"uzfG-Fg_xxxXxxxXXx", None)], b"zr-fn-r-XXXxxxXXxX": [(b"XXXxxxXXxX", b"X")], b"zr_ya-xxXxxXXXxxxX": [(b"zr_ya-xxXxxXXXxxxX", None)],
    },
    "keys.placeholders._MAY_BE_CODE": {
        b"[": [b"["],
    },
    "keys.placeholders._PIECES": {
        b"\xfe": [b"\xfe"], b"Aa": [b"Aa"], b"Bz": [b"Bz"], b"Zx": [b"Zx"], b"/-a": [b"a"], b"0998": [b"0998"], b"ZGBAA": [b"ZGBAA"],
    },
    "keys.placeholders._PLACE": {
        b"(9]": [b"9"], b"[1]": [b"1"], b"(-10)": [b"-10"], b"(-9[)": [],
    },
    "keys.placeholders._SMALL_NUMBER": {
        b"0x": [], b"0x0": [b"0x0"], b"0xA": [b"0xA"], b"0xf": [b"0xf"], b"0x1 ": [], b"0x1,": [b"0x1,"], b"0x9:": [b"0x9:"], b"0xaF;": [b"0xaF;"],
    },
    "keys.values._BLOCK": {
        b">99\n": [b">99\n"], b"|#t\n": [b"|#t\n"], b"|>\r\n": [b">\r\n"], b">0+#\n": [b">0+#\n"], b"|-0\t \n": [b"|-0\t \n"], b"|9+#\r]\n": [], b"> \t#\n=\n%": [b"> \t#\n"],
    },
    "keys.values._ENDS": {
        b"&": [b"&", b""], b",": [b",", b""], b";": [b";", b""], b">E(": [b">", b""], b"\\u]": [b"\\", b"]", b""], b"`\r:": [b"\r", b":", b""],
    },
    'keys.values._INSIDE."': {
        b"\\": [b"", b""], b'""\\<,"': [b'""\\<,', b"", b""],
    },
    "keys.values._INSIDE.'": {
        b"'''@": [b"''", b"", b"@", b""], b"\\'(''": [b"\\'(''", b""],
    },
    "keys.values._INSIDE.`": {
        b"\\/\\": [b"\\/", b"", b""],
    },
    "keys.values._LINE": {
        b"\rE\n": [(b"E\n", b""), (b"", b"")], b"\t\t\n{": [(b"\t\t\n", b"\t\t"), (b"{", b""), (b"", b"")],
    },
    "keys.values._MORE_QUERY": {
        b"?": [b"?"], b"&#": [b"&#"], b'?&"': [], b"]&x>": [], b"?#\\n<": [],
    },
    "keys.values._NEXT": {
        b",\\": [b",\\"], b';"': [b';"'], b";:": [], b",[=": [b",[="], b"&amp;": [b"&amp;"], b",_0.-.%gA]%[%_.-.$r0Af_-$]a.%..F$Z-0fZ.%Au_$[_xG-%-9]FurAz$[-:": [b",_0.-.%gA]%[%_.-.$r0Af_-$]a.%..F$Z-0fZ.%Au_$[_xG-%-9]FurAz$[-:"],
    },
    "keys.values._PLAIN": {
        b">": [], b",#": [b"#"], b"\\t": [b"t"], b"\xff;": [b"\xff"], b".\\u": [b".", b"u"], b"[\x1b\\": [], b"|\\n": [b"n"], b"9\\r%": [b"9", b"r%"], b"\\\\#<": [b"\\#"], b"]*\\/": [b"*", b"/"], b"\\\xff9\x0b&-": [b"\\\xff9", b"-"],
        b'\\s/\\"\\!': [b"\\s/", b"\\!"],
    },
    "keys.values._QUOTE": {
        b'$"': [(b'$"', b'"')], b"f`": [(b"f`", b"`")], b'\x0br"': [(b'r"', b'"')], b"$@'": [(b"$@'", b"'")], b";@'": [(b"@'", b"'")], b'@$"': [(b'@$"', b'"')], b'E""': [(b'E"', b'"'), (b'"', b'"')], b'fr"': [(b'fr"', b'"')],
        b"rF`": [(b"rF`", b"`")], b"rb'": [(b"rb'", b"'")], b"L'''": [(b"L'''", b"'''")], b'N"""': [(b'N"""', b'"""')], b'b"""': [(b'b"""', b'"""')], b'u"""': [(b'u"""', b'"""')], b'BR"""': [(b'BR"""', b'"""')],
    },
    "keys.values._TAG": {
        b"<!": [b"<!"], b"</": [b"</"], b"<A": [b"<A"], b"<Z": [b"<Z"], b"<a": [b"<a"], b"<z": [b"<z"],
    },
    "personal.cards._GROUP": {
        b"0": [b"0"], b"9": [b"9"],
    },
    "personal.cards._NOT_HEX": {
        b"0": [], b"A": [], b"F": [], b"f": [], b"9@y": [b"@", b"y"], b"`&a": [b"`", b"&"],
    },
    "personal.cards._WORD_AFTER": {
        b"A": [b"A"], b"00": [b"00"], b"Za": [b"Za"], b"9z1": [b"9z1"],
    },
    "personal.cards._WORD_BEFORE": {
        b"z": [b"z"], b"0G": [b"0G"], b"1\x00": [], b"AZ": [b"AZ"], b"au8Gax9": [b"au8Gax9"],
    },
    "personal.emails._SIGN": {
        b"<at>": [b"<at>"], b" doT ": [b" doT "], b"[doT]": [b"[doT]"],
    },
    "personal.networks._PREFIX": {
        b"/0": [b"/0"], b"/9": [b"/9"], b"/1/": [b"/1"], b"/109": [],
    },
    "personal.paths._NAME": {
        b":/": [], b". /": [], b"|F/": [b"F"], b"/ f/": [b"f"], b"{= \\": [], b",! -/": [b"! -"], b";{=/\rZ": [b"{="], b"\\f/<\\n": [b"f"], b'"\x019( {\\': [b"\x019( {"], b"/#\x1bf ?/": [], b"\x01 >n{ @/": [b"n{ @"], b"(.{(& \x00/": [],
        b"+.@AAa]] Z\\": [b"+.@AAa]] Z"],
    },
    "personal.paths._WORD": {
        b"/": [], b":": [], b"<": [], b"|": [], b"\x009": [b"9"], b"(>": [b"("], b'\x0ba"': [b"a"], b"a?b": [b"a", b"b"], b"a\\n": [b"a", b"n"], b"\xff}+]!": [b"\xff}+]!"],
    },
    "replacements._COLON": {
        b"#:": [b":"],
    },
    "replacements._HASH": {
        b"[hash:199b8fa8a8e8e8ae8fb00109eff08aba1fab0fae8aae1b0aaf191a990a0fe100:fa01aea11eb98b80]": [(b"[hash:199b8fa8a8e8e8ae8fb00109eff08aba1fab0fae8aae1b0aaf191a990a0fe100:fa01aea11eb98b80]", b"199b8fa8a8e8e8ae8fb00109eff08aba1fab0fae8aae1b0aaf191a990a0fe100", b"fa01aea11eb98b80")],
        b"[hash:00fef0b899909aeff10bf10ff819faff8b99ef9f8e0b989f9a1101beba8a08aa:1bbf9ebebe0eb9b1]/": [],
    },
    "replacements._KINDS.0": {
        b"0": [b"0"], b"9": [b"9"],
    },
    "replacements._KINDS.1": {
        b"z": [b"z"], b"ag": [b"a", b"g"],
    },
    "replacements._KINDS.2": {
        b"A": [b"A"], b"Z": [b"Z"],
    },
    "replacements._KINDS.3": {
        b"\x90": [], b"!\xff": [b"!"],
    },
    "replacements._NEUTRAL": {
        b"*": [b"*", b""], b"Nan": [b"Nan", b""], b"NulL": [b"NulL", b""], b"TrUe": [b"TrUe", b""], b"none": [b"none", b""], b"faLSe": [b"faLSe", b""], b"0UNdefIned": [b"UNdefIned", b""],
    },
    "replacements._TOUCHING": {
        b"9": [b"9"],
    },
    "replacements._WORDS": {
        b"<": [], b"&!": [b"!"], b"=|": [b"="], b'?"': [b"?"], b"*a>": [b"*a"], b"\\?[": [b"?"], b"=@\xff;": [b"=@\xff"], b"\r\nt~,": [b"t~"], b"=a_^9*]": [b"=a_^9*"],
    },
    "secret_keys._CASES": {
        "U": ["U"], "lll": ["lll"],
    },
    "secret_keys._FEW_DIGITS": {
        "9": ["9"], "-0": ["-0"], "9|": [],
    },
    "secret_keys._NUMBER": {
        "0": ["0"], "-9.0": ["-9.0"], "9.90": ["9.90"], "-990.": [],
    },
    "secret_keys._PIECES": {
        "Z": ["Z"], "Az": ["Az"], "Ya": ["Ya"], "aAF": ["a", "AF"], "0899": ["0899"], "Zyay": ["Zyay"],
    },
    "secret_keys._RUNS": {
        "_+g>": ["g"], "`+9g": ["9", "g"],
    },
    "secret_keys._SHARE": {
        "0%": ["0%"], " /0": [], "9/0": ["9/0"], "9/9": ["9/9"], ",1/999/": [],
    },
    "validators._CAPITALIZED": {
        b"a": [b"a"], b"Ay": [b"Ay"], b"Zx": [b"Zx"], b"\n)aBz": [b"Bz"],
    },
    "validators._NO_DIGITS": {
        b"0": [], b"9#": [b"#"],
    },
    "validators._NO_WORDS": {
        b"0": [], b"A": [], b"z": [], b"Z@": [b"@"], b"_9": [b"_"], b"{a": [b"{"],
    },
    "validators._PARTS": {
        b"0": [b"0"], b"9": [b"9"], b"a": [b"a"], b"Yz": [b"Yz"], b"Zb": [b"Zb"], b"AAZ": [b"AAZ"], b"Afu": [b"Afu"],
    },
    "validators._RISES": {
        b"aY": [b"aY"], b"nA": [b"nA"], b"nZ": [b"nZ"], b"zF": [b"zF"],
    },
    "validators._THREE_CONSONANTS": {
        b"hkt": [b"hkt"], b"mrb": [b"mrb"], b"nck": [b"nck"], b"pgt": [b"pgt"], b"vfj": [b"vfj"], b"xgt": [b"xgt"], b"zdk": [b"zdk"],
    },
    "validators._VERSION_BEFORE": {
        b"eV": [], b"vEr": [b"vEr"], b"SdkV": [b"SdkV"], b"edg/": [b"edg/"], b"edge": [b"edge"], b"OPeRa": [b"OPeRa"], b"edga/": [b"edga/"], b'oPr"=': [b'oPr"='], b"eDg'vE": [], b"FiRMWArE": [b"FiRMWArE"], b"SaFArI'v": [b"SaFArI'v"],
        b"drIvER'v": [b"drIvER'v"], b"fiRefOx'": [b"fiRefOx'"], b"weBKiT'V": [b"weBKiT'V"], b"}rIvER'v": [b"v"], b"builD'=/-": [b"builD'=/-"], b'rElease"V': [b'rElease"V'], b"vErSiON=/": [b"vErSiON=/"], b"vErsIOnsv": [b"vErsIOnsv"],
        b'chRome"=\n\r': [b'chRome"=\n\r'], b"viVALdi:/=": [b"viVALdi:/="], b"ChromIUm':=": [b"ChromIUm':="], b"elecTRon=\x0bV": [b"elecTRon=\x0bV"], b"assEmbly =/v": [b"assEmbly =/v"], b"yABrowSer-\rv": [b"yABrowSer-\rv"],
        b'UpgRaDe tO"-\r/v': [b'UpgRaDe tO"-\r/v'], b"SaMsungBrOwser=-\t": [b"SaMsungBrOwser=-\t"],
    },
    "validators._WORD": {
        b"0": [b"0"], b"A": [b"A"], b"Z": [b"Z"], b"a": [b"a"], b"z": [b"z"], b"n9(": [b"n", b"9"],
    },
}  # fmt: skip
