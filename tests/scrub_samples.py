"""What each detector finds and what it ignores: literal samples, none made from the patterns.

«…» marks a secret. Numbers have the check digits that their formats ask for.
"""

from itertools import accumulate

IBANS = """
    AD1367797904969142550229 AE617171610822982956296 AL21982311036063384347090780 AT317350019179933571
    AZ26778090369395331016910954 BA772584409048179671 BE96418249894474 BG85241399643027837766 BH81737247629650526486
    BI1073678388699551894677175 BR446467670146266042013110436 BY43529042418306053598486315 CH1359963801561683422
    CR65939952944394241642 CY59780529722192646671735325 CZ9043750249850745764933 DE68812808642791454315
    DJ5280287607997082697129164 DK7616013005781436 DO20493061659562527512371760 EE396015284370701962
    EG481968163236331868485557300 ES1420847048644011338122 FI9512240939664916 FK5126712020493342 FO4177126964900740
    FR4559530084902030243009154 GB38503159582054536793 GE17482130783102045207 GI930123043758675486977 GL6728310126207500
    GR7313896243305870517497139 GT13444795951840905483222537 HN19232988641840107917368683 HR4405513303347398966
    HU52573565200357739270769868 IE03762582953031689631 IL486573823268167205887 IQ444459326910156115667
    IS930489386926841110161778 IT6287996911023467045315364 JO7899077214379324675238504260 KW0920495390380730243502944029
    KZ546503745966007488 LB61939781749924242611403881 LC510895129901427371597016334592 LI3352571470745670503
    LT653024693579993190 LU164753925813452400 LV7731922772863622848 LY39110750084805176629106 MC9100468706817220759412292
    MD5603046611464591245956 ME23478212382669173168 MK73509367243007480 MN283197851420521599 MR8841715095425942593693851
    MT72094495527247612671911046816 MU5615230717356489238144916770 NI36938648637576714077805412 NL7598286362206575
    NO0443735746028 OM571007144845077686786 PK6808920313020437319862 PL81444047686789746687413267
    PS561583063120141059839010067 PT29484965144822805265074 QA573873615069605441240622039 RO6320390326408364802228
    RS15535854664414833651 RU2147017900626041365886814361837 SA4399389177421494264642 SC15086245597336190425029724011
    SD7293201979872120 SE0417403887795352024102 SI50394875333687210 SK4252032265272915774866 SM9201450734583566324661451
    SO501904202149036602284 ST03244167457960563636669 SV34777266072457749459379076 TL505781466988049973756
    TN9568794465093401922826 TR825843230113793226415217 UA421475839084029778034991953 VA11045439437241296566
    VG2153101406323428400852 XK547089604852205148 YE2694719848293989702696033125 AO64324957908017764741210
    BJ95993427418904263236546494 CF0779657714106320063469729 CG7115628671826732396456201 CI36559689444375195755511731
    CM7487731726620575927453256 CV21964664263013664833764 DZ898058818593669331608119 GA2247323919862795269512600
    GQ8632405635575658018808687 GW35317742394299117346252 IR372548192313938961412316 KM8352211405272899294845273
    MA47874024350489666974495536 MG8049999003852121171161868 ML78772433947602572234496235 MZ18130688535515414863265
    NE36244683556229162442190173 SN57179273958614710996079774 TD5269401979116442777443434 TG34981683890634586827318528
"""
"""One of every country."""


def card(start: str, size: int, fill: str = "09") -> str:
    """Return a number that begins so, with its check digit."""
    body = (start + fill * size)[: size - 1]
    doubled = [int(digit) * (2 - at % 2) for at, digit in enumerate(reversed(body))]
    return f"{body}{-sum(map(int, ''.join(map(str, doubled)))) % 10}"


def grouped(number: str, sizes: tuple[int, ...], sign: str) -> str:
    """Return a number in groups of some sizes."""
    ends = list(accumulate(sizes))
    return sign.join(number[end - size : end] for size, end in zip(sizes, ends, strict=True))


SHORT_CARDS = [card(start, 12, fill) for start in "5018 5020 5038 5893 6304 6759 6761".split() for fill in ("09", "90")]  # fmt: skip
"""Of Maestro, whose numbers may have 12 digits."""

FOUND: dict[str, list[str]] = {
    "openai": [
        "«sk-T3BlbkFJ»", "«sk-09AZaz_-T3BlbkFJ09AZaz_-»", "«sk-aT3BlbkFJb».",
    ],
    "sendgrid": ["«SG.09AZaz_-09AZaz_-09AZaz_-.09AZaz_-09AZaz_-09AZaz_-09AZaz»"],
    "card": [
        # brands, at both ends of their ranges and with all of their lengths
        "«4222222222222»", "«4111111111111111»", "«4000000000000000006»", "«5105105105105100»", "«5555555555554444»", "«5200828282828210»",
        "«2221000000000009»", "«2229000000000001»", "«2230000000000008»", "«2299000000000006»", "«2300000000000003»", "«2600000000000000»",
        "«2700000000000009»", "«2710000000000007»", "«2720990000000007»", "«341111111111111»", "«371449635398431»",
        "«30000000000004»", "«30569309025904»", "«30900000000005»", "«36000000000008»", "«38000000000006»", "«39000000000005»",
        "«3600000000000008»", "«36000000000000004»", "«360000000000000008»", "«3600000000000000004»",
        "«6011000000000004»", "«60110000000000001»", "«601100000000000004»", "«6011000000000000001»", "«6440000000000005»", "«6490000000000004»",
        "«6500000000000002»", "«3528000000000007»", "«3529000000000006»", "«3530111333300000»", "«3589000000000003»",
        "«6200000000000005»", "«62000000000000000»", "«620000000000000005»", "«6200000000000000000»", "«2200000000000004»", "«2204000000000000»",
        "«6000000000000007»", "«8100000000000002»", "«8200000000000001»", "«5080000000000002»", "«3530000000000003»", "«3560000000000006»",
        "«501800000009»", "«5020000000000005»", "«503800000005»", "«589300000009»", "«630400000000»", "«675900000000»", "«676100000006»",
        "«676300000004»", "«6759000000005»", "«67590000000000»", "«675900000000005»", "«6759649826438453»", "«9792000000000003»",
        "«5060000000000006»", "«5061000000000005»", "«5078000000000006»", "«5079000000000005»", "«506000000000000006»", "«5060000000000000009»",
        "«5019000000000008»", "«4571000000000001»",
        # groups, and separators between them
        "«4111 1111 1111 1111»", "«4111-1111-1111-1111»", "«4111.1111.1111.1111»", "«4111_1111_1111_1111»", "«4111/1111/1111/1111»",
        "«4111+1111+1111+1111»", "«4111  1111  1111  1111»", "«3782 822463 10005»", "«3056 930902 5904»",
        "«9792 0000 0000 0003»", "«2200 0000 0000 0004»", "«6200 0000 0000 0005»",
        "«3782 822463 10005»", "«3782-822463-10005»", "«3782.822463.10005»", "«3782_822463_10005»", "«3782/822463/10005»", "«3782+822463+10005»", "«3782  822463  10005»", "«3782. 822463. 10005»", "«3782  822463 10005»", "«3782 822463  10005»", "«3699 999999 9999»", "«2200 999999 999995»", "«9792 990000 000005»", "«9792 9999 9999 9994»", "«9792 999999 999994»", "«9 7 9 2 9 9 9 9 9 9 9 9 9 9 9 4»", "«9  7  9  2  9  9  9  9  9  9  9  9  9  9  9  4»", "«5018999 9999 9997»", "«6011 0000 0000 0004»", "«2200-000000-000004»",
        "«4222 222222 222»", "«4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1»", "«4-1-1-1-1-1-1-1-1-1-1-1-1-1-1-1»", "«2_2_0_0_0_0_0_0_0_0_0_0_0_0_0_4»", "«9/7/9/2/0/0/0/0/0/0/0/0/0/0/0/3»",
        "«6+0+1+1+1+1+1+1+1+1+1+1+1+1+1+7»", "«4.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1»", "12 «4111 1111 1111 1111» 12", "«4111111111111111» «5555555555554444»",
        # text around
        ".«4111111111111111»", "x.«4111111111111111»", "..«4111111111111111».", "a:«4111111111111111»", "card_«4111111111111111»",
        "g«4111111111111111»", "G«4111111111111111»", "z«4111111111111111»z", "Z«4111111111111111»Z", "ga«4111111111111111»", "Zf«4111111111111111»",
        "G0A«4111111111111111»", "gAF«4111111111111111»", "z9azf«4111111111111111»", "a«4111111111111111»g", "F«4111111111111111»afAF09Z",
        *(f"{before}«{number}»{after}" for number in SHORT_CARDS for before, after in (("", ""), ("A", "ag"))),
        *(f"«{grouped(number, (4, 4, 4), sign)}»" for number in SHORT_CARDS for sign in (" ", ".", "_", "/", "+", "-", "  ")),
        *(f"«{grouped(number, (4, 4, 4), '-').replace('-', sign, 1)}»" for number in SHORT_CARDS[:1] for sign in (" ", "  ")),
        *(f"«{grouped(card(start, size, fill), (size - 8, 4, 4), sign)}»" for start, size in (("4", 13), ("37", 15), ("34", 15)) for fill in ("09", "90") for sign in (" ", ".", "_", "/", "+", "-", "  ")),
        *(f"«{grouped(card(start, 16, fill), sizes, ' ')}»" for start in ("2200", "9792") for fill in ("09", "90") for sizes in ((7, 4, 5), (4, 4, 8), (5, 4, 7))),
        "f«9792000000000003»z", "A«2200000000000004»a0G", "«4111111111111111»g", "\xe9«4111111111111111»\xe9",
        "x" * 39 + "a«4111111111111111»", "z9a«4111111111111111»", "gAZf«4111111111111111»", "Gzaaf«4111111111111111»", "GZA«4111111111111111»", "gzzzF«4111111111111111»", "G9999A«4111111111111111»", "gFa«4111111111111111»", "gfA«4111111111111111»", "a«501809090050»g", "«5 0 1 8 0 9 0 9 0 0 5 0»", "«5. 0. 1. 8. 0. 9. 0. 9. 0. 0. 1. 9»", "A«4111111111111111»z", "gg00a«4111111111111111»",
    ],
    "us_ssn": [
        "«078-05-1120»", "«219 09 9999»", " «078-05-1120» ", "a-«078-05-1120»", "Z.«078-05-1120»", "_-«078-05-1120».", "z.«078 05 1120»",
        "A-«078-05-1120»A", "..«078-05-1120»", "/«078-05-1120»/", "\xe9«078-05-1120»:", "«900-50-0001»", "«999-99-9999»", "«667-01-0001»", "«665-99-9990»", "«001-01-0001»",
        "«899-01-0001»", "«078-05-1120» «219-09-9999»", "«910-50-1000»", "x«078-05-1120»x",
    ],
    "email": [
        "«jane@shop.com»", "«jane@shop.org», «joe@shop.net»", "<«Jane.Roe+tag@Mail.Shop.COM»>", "«j@x.io»", "«j@x.io»1", "«jane@shop.example»",
        "to:«a@b.de».", "«a@b.co.uk»", "«a@b-c.museum»", "«a@1.a.b.c.d.cc»", "«0@0.az»", "«9@9.za»", "«A@A.AZ»", "«Z@Z.ZA»", "«a@z.Zz»", "«z@a.aA»",
        "«müller@köln.example»", "«ü@ü.üü»", "«a@b.aé»", "«a@b.abé»", "«a@b.pngé»", "«a@b.éa»", "«a@é.de»", "«a@b.рф»",
        *(f"«{sign}@b.com»" for sign in "!#$%*+^_{|}~.-"), "«a`@b.com»", "`@b.com", *(f"«a{sign}a@b.com»" for sign in "!#$%'*+^_`{|}~.-"), "«a'@b.com»", "mail='«a@b.com»'",
        *(f"a{sign}«a@b.com»" for sign in "/?=&"), "https://x.example/?q=«jane@x.example»&r=1",
        "«a@b.info»", "«a@b.sva»", "«a@b.jpa»", "«a@b.gia»", "«a@b.pna»", "«a@b.app»", "«a@b.gov»", "«a@b.jobs»", "«a@b.edu»", "«a@b.aaa»",
        "«a@b.zip»", "«a@b.pro»", "«a@b.gal»", "«a@b.jcb»", "«a@b.ski»", "«a@b.pnz»", "«a@b.jpz»", "«a@b.giz»", "«a@b.svz»", "«a@b.svga»", "«a@b.Pro»", "«a@b.JCB»", "«a@b.xyz»",
        *(f"«a@b.{tld}»" for tld in "bbb ccc ddd eee fff hhh iii kkk lll mmm nnn ooo qqq rrr ttt uuu vvv www xxx yyy zzz".split()),
        *(f"«a@b.p{c}a»" for c in "abcdefghijklmopqrstuvwxyz"), *(f"«a@b.j{c}a»" for c in "abcdefghijklmnoqrstuvwxyz"),
        *(f"«a@b.g{c}a»" for c in "abcdefghjklmnopqrstuvwxyz"), *(f"«a@b.s{c}a»" for c in "abcdefghijklmnopqrstuwxyz"),
        *(f"«a@b.{two}{c}»" for two, last in (("pn", "g"), ("jp", "g"), ("gi", "f"), ("sv", "g")) for c in "abcdefghijklmnopqrstuvwxyz" if c != last),
        *(f"«a@b.{c}xa»" for c in "abcdefhiklmnoqrtuvwxyz"), "«a@b-9.com»", "«a@-b.com»", "«a@B.Com»", "«a@Z0.com»", "«a@À.com»", "«a@\U00100000.com»", "«a@b.A0-À9Zz\U00100000a.com»", "«a@b.À»", "«a@b.\U00100000»", "«a@b.»", "«À@b.com»", "«ÿ@b.com»",
        "«a@b.ÿ»", "«a@b.zzzz»", "«a@b.paz»", "«a@b.jaz»", "«a@b.gaz»", "«a@b.saz»", "«a@b.aaz»", "«a@b.zé»", "«a@b.pnz»", "«a@b.zzzé»", "«a@b.zaa»",
        # bytes that are not UTF-8, as in Latin-1 behind an encoding
        *(f"«{start}@{inner}.{inner}.{first}{last}»" for byte in "\udc80\udcff" for start, inner, first, last in
          ((byte, "b", "c", "om"), ("a", byte, "c", "om"), ("a", "b", byte, "om"), ("a", "b", "co", byte), ("a", "b", "", f"{byte}om"), ("a", "b", "", 2 * byte))),
        *(f"«a@b.{inner}.com»" for inner in "\udc80\udcff"), "«a@b.pngz»", "«a@b.pnga»", "«a@b.9.9.com»", "«a@b.-.com»", "«a@b.0.com»", "x «a@b.com» y",
    ],
    "ipv4": [
        "«203.0.113.9»", " «10.0.0.7»:8080", "//«192.168.1.20»/", "at «203.0.113.9».", "«203.0.113.9». Then", "«203.0.113.9».x", "..«203.0.113.9»", "x«203.0.113.9»y",
        "«0.0.0.1»", "«1.2.0.0»", "«1.0.2.0»", "«1.0.0.2»", "«255.255.255.255»", "«9.9.9.9»", "«10.20.30.40»", "«1.10.0.0»", "«1.0.10.0»", "«1.9.0.0»", "«1.0.9.0»",
        "u«1.1.1.1»", "w«1.1.1.1»", "W«1.1.1.1»", "/«203.0.113.9»", ":«203.0.113.9»", "«1.100.0.0»", "«1.0.100.0»", "«1.109.9.9»", "«1.2.3.4» «5.6.7.8»", "«5.0.0.9»", "«1.0.99.0»",
        "«1.1.0.0»", "«1.9.0.0»", "«1.19.0.0»", "«1.10.2.0»", "«1.9.2.0»", "«1.0.9.0»", "«1.0.19.0»", "«1.0.1.0»", "«1.10.0.2»", "«1.0.10.2»", "«1.9.0.2»", "«1.0.9.2»", "«1.0.0.1»", "«0.0.0.9»", "«9.0.0.1»",
    ],
    "mac": [
        "«4a:00:04:10:9b:50»", "«4A-00-04-10-9B-50»", "«4a00.0410.9b50»", "«09:af:AF:90:fa:FA»", "«09-af-AF-90-fa-FA»", "«09af.AF90.faFA»", "«AF90.09af.0099»", "«F0F0.A9A9.f0a0»", "«FF:00:00:00:00:01»",
        " «4a:00:04:10:9b:50» ", "mac:«4a:00:04:10:9b:50»", "wlan0-«4a:00:04:10:9b:50»", "Gf9:«4a:00:04:10:9b:50»", "zFA09-«4a:00:04:10:9b:50»", "g:«4a:00:04:10:9b:50»",
        "Z-«4a-00-04-10-9b-50»g", "/«4a:00:04:10:9b:50»/", "z«4a:00:04:10:9b:50»Z", "gA:«4a:00:04:10:9b:50»", "ga:«4a:00:04:10:9b:50»", "Z0:«4a:00:04:10:9b:50»", "G9:«4a00.0410.9b50»G", "\xe9«4a:00:04:10:9b:50»\xe9",
        "«00:00:00:00:00:01»\n", "«ff:ff:ff:ff:ff:ff»", "G«9A:00:04:10:9b:50»",
    ],
    "ipv6": [
        "«2001:db8::8a2e:370:7334»", "[«fe80::1»]", "before «::1» after", "«::ffff:203.0.113.9»", "addr:«fe80::1»", "«1:2:3:4:5:6:7:8»", "«9:A:f:F:a:0:ff0:7334»", "«1:2:3:4:5:6:1.2.3.4»", "G:«::0»",
        "«::9»", "«::a1»", "«::F0»", "«::A0»", "«::f9»", "«a::0»", "«9::9»", "«0::9»", "«F:0::a»", "«a:9::f»", "«9:f::A»", "«0:A::F»", "«1111:2222::1»", "«ffff::9»", "«a:b::0»", "Gf:«::1»", "zA:«::1»", "g:«1::1»",
        "Zaf:«::1»", "GF:«a::1»", "zFA:«1:2::3»", "/«::1»/", ";«::1»", "\xe9«::1»\xe9", "«abcd:ef01:2345:6789:abcd:ef01:2345:6789»", "«::0.0.0.9»", "«::1.2.3.90»", "«1:0:0:0:0:0:0:0»",
        "G:«1::a»", "Z:«::1»", "z:«::1»", "«aaaa:bbbb::9»", "«a::9» «b::9»",
        "«A:A:A:A:A:A:A:A1»", "«F:F:F:F:F:F:F:F1»", "«a:a:a:a:a:a:a:a1»", "«f:f:f:f:f:f:f:f1»", "«9:9:9:9:9:9:9:9»", "«0:0:0:0:0:0:0:1»", "«A::9»", "«F::9»", "«1:F::9»", "«1:A::9»", "«1:a::9»", "«1:f::9»", "«1:2:3::4»",
    ],
    "imei": [
        "imei «356938035643809»", "«356938035643809»,", "«35-693803-564380-9»", "«490154203237518»", ":«356938035643809»:", "/«356938035643809».", "é«356938035643809»é",
        "«990000862471853»", "_«356938035643809»_",
        "«01-000000-999999-4»", "«99-999999-999999-4»", "«10-999999-000000-5»", "«86-752589-892505-0»", "«44-480925-894998-9»",
        "«010000000000008»", "«100000000000009»", "«300000000000007»", "«330000000000001»", "«350000000000006»", "«440000000000008»", "«450000000000005»", "«490000000000007»", "«500000000000005»", "«510000000000003»", "«520000000000001»", "«530000000000009»", "«860000000000009»", "«910000000000009»", "«980000000000004»", "«990000000000002»", "«35-693803-564380-9».",
    ],
    "user_path": [
        "/home/«jroe»/app.log", "/Users/«jroe»/x", "C:\\Users\\«jroe»\\Desktop", "c:\\\\users\\\\«jroe»\\x", "Z:\\USERS\\«J.R-ö»\\x", "z:\\users\\«j»", "A:\\Users\\«j»/x", "a:\\Users\\«j»'x",
        *(f"/home/«j»{end}x" for end in "/\\\r\n\0:\"'<>|?* \t\v\f"), "/Users/«jroe»", "file:///home/«jroe»", "/home/«jane_r+1@x,y»",
    ],
    "phone": [
        "«+44 20 7946 0958»", "«(555) 010-9999»", "«555-010-9999»", "«090-909-0909»", "«555 010 9999»", "«555.010.9999»", "«(555)010-1999»", "«(555).010.1999»", "«(555)-010 1999»",
        "«+49.30.901820»", "«+1-555-010-9999»", "«+09 (90) 12345»", "«+990900009»", "«999-909-0990»", "«(090) 909-0909»", "«+123456789012345»", "«+12345678»",
    ],
    "iban": [
        "«DE89370400440532013000»", "«GB29 NWBK 6016 1331 9268 19» paid", "«NO9386011117947»!", "«de89370400440532013000»", "«DE89-3704-0044-0532-0130-00»", "«DE89+3704+0044+0532+0130+00»", " «DE89370400440532013000»",
        "/«DE89370400440532013000»", ":«DE89370400440532013000».", "\xe9«DE89370400440532013000»\xe9", "@«DE89370400440532013000»", "[«DE89370400440532013000»]", "«GB82west12345698765432»", "«MT84MALT011000012345MTLCAST001S»",
        *(f"«{number}»" for number in IBANS.split()), "«DE06032202345911925389»", "«BE89728274244155»", "«IT0550689868251951962866832»", "«NL8911362034888282»", "«MT16AZ9ZZ09A00AAZZ090Z99ZZ0A00Z»", "«mt16az9zz09a00aazz090z99zz0a00z»", "«EE909090999900999009»", "«BE96 4182 4989 4474»", "«BE96+4182+4989+4474»", "«BE96-4182-4989-4474»", "«MT16 AZ9Z Z09A 00AA ZZ09 0Z99 ZZ0A 00Z»", "«MT16+AZ9Z+Z09A+00AA+ZZ09+0Z99+ZZ0A+00Z»", "«MT16-AZ9Z-Z09A-00AA-ZZ09-0Z99-ZZ0A-00Z»", "«ad1367797904969142550229»", "«az26778090369395331016910954»", "«ba772584409048179671»", "«mz18130688535515414863265»",
        "«AD3300012030A20035910010»",
        "_«DE89370400440532013000»", "`«DE89370400440532013000»", "{«DE89370400440532013000»",
    ],
    "private_key": [
        "-----BEGIN PRIVATE KEY-----«\nMIIEvQ\n»-----END PRIVATE KEY-----", "-----BEGIN OPENSSH PRIVATE KEY-----«\nb3BlbnNzaC1rZXktdjE»", "-----BEGIN RSA PRIVATE KEY-----«\\nMIIEow\\n»-----END RSA PRIVATE KEY-----x",
        "-----BEGIN+PRIVATE+KEY-----«a»-----END+PRIVATE+KEY-----", "-----BEGIN PGP PRIVATE KEY BLOCK-----«a»-----END PGP PRIVATE KEY BLOCK-----", "-----BEGIN PGP+PRIVATE+KEY+BLOCK-----«a\n\nb-----END»",
        "-----BEGIN A_Z-09 PRIVATE KEY-----«a»-----ENDA_Z-09-----", "PuTTY-User-Key-File-3:« ssh-rsa»", "PuTTY-User-Key-File-10:«x»", "PuTTY-User-Key-File-90:«x»", "-----BEGIN PRIVATE KEY-----«a----b»", "-----BEGIN PRIVATE KEY-----«a»-----END-----",
        "-----BEGIN PRIVATE KEY-----«a»-----END----- -----BEGIN PRIVATE KEY-----«b»",
    ],
    "url_credentials": [
        "https://«jane:p$ss»@shop.example/", "redis://«:hunter2»@localhost:6379/0", "git://«jane»@x.y", "x://«a:b@c»@h", "://«a\0b»@h", "x://«\0j»@h", "https://«j»@a https://«k»@b",
    ],
    "bearer": [
        "Authorization: Bearer «abcdef.ghijkl»", "bearer  «0123456789»", "bearer token: «abc123def456»", "BEARER+«09AZaz._~+/-==»", "bearer:\v'«a1»'", 'Bearer "«a1b2»"', "bearer token +«a1»", "Bearer Token:\v«Z9z0aA»",
        f"{'x ' * 200}bearer\v«a1»", f"{'x ' * 200}bearer token\v«a1»", "Bearer «abcdefghijklmnopqrstuvwx»", "bearer «aB»", "bearer\n«a-9»", "Bearer «zzz.zzz»", "bearer «zZ»", "bearer «0»", "bearer «9»", "Bearer token\v«a1»", "Bearer «a1=»", "Bearer +«a1»", "bearer Token=\v «a1»", "bearer \v«a1»",
    ],
    "basic": [
        "Basic «amFuZTpodW50ZXIy»", "basic «amFuZTpodW50ZXIyMQ==»", 'BASIC:\v"«amFuZTpodW50ZXIy»"', "Basic+'«amFuZTpodW50ZXIy»'", "basic \n«amFuZTpodW50ZXIyMQ»", "basic «Pz8/Pjo+Pj8/Pz8/»", "basic «OTA5ejBhOlpBOTA=»", "basic: «Ojo6OlpaWlp6enp6YWFhYUFBQUE5OTk5MDAwMA==»",
        "basic  +\v«YTpi»", "basic «Og»", "basic «YjR9PUhSMyd5fHExOmE=»", f"{'x ' * 200}basic\v«YTpi»", "Basic «YTpi»",
    ],
    "jwt": [
        "«eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0NzExIn0.c2lnbmF0dXJlLW9mLWl0»", "x=«eyJhbGciOiJIUzI1NiJ9.eyJ4»", "«eyJhbGciOiJSU0EifQ.a1.b2.c3.d4»", "«eyJ09AZaz_-.eyJ09AZaz_-.09AZaz_-.09AZaz_-» x", "«eyJ09AZaz_-...._-azAZ09»", "«eyJabcdefgh.eyJ0»", "«eyJabcdefgh....»",
        "«eyJabcdefghi.eyJ-.»", "«eyJabcdefgh.b-.09AZaz_.-c.d»", "«eyJabcdefgh.eyJa.-»",
    ],
}  # fmt: skip
"""By detector, beside the samples of the table of token formats."""

LEFT: dict[str, list[str]] = {
    "openai": ["sk-T3BlbkFK", "T3BlbkFJ", "skT3BlbkFJ"],
    "card": [
        "4111111111111112", "1453843029218310", "1795480918133", "0000000000000000", "41111111111111110000", "0.4111111111111111", "04111111111111111", "a4111111111111111f", "A4111111111111111", "4111111111111111F", "41111111 11111111",
        "9.4111111111111111", "411 111 111 111 111 1", "41 11 11 11 11 11 11 11", "4111   1111   1111   1111", "4111:1111:1111:1111", "4111,1111,1111,1111", "3111111111111117", "11111111111", "4 1 1 1 1 1 1 1 1 1 1",
        "5055555555555550", "7111111111111113", "9000000000000001", "1111111111111117", "222222222222", "a" * 40 + "4111111111111111", "37828224631000", "5105105105105",
    ],
    "us_ssn": ["000-12-3456", "666-12-3456", "123-00-4567", "1123-45-6789", "123-45-67890", "123-45-0000", "900-49-1111", "900-50-0000", "123-45 6789", "123.45.6789", "9.078-05-1120", "1-078-05-1120", "078-05-1120-1", "-078-05-1120", ".078-05-1120", "078  05  1120"],
    "email": ["'@b.com", *(f"a{sign}@b.com" for sign in "/?=&"), "icon@2x.png", "user@localhost", "java.lang.Object@4b1c1ea0", "react@18.2.0", "@a.b", "@shop.com", "a@.com", "a@b.c", "a @b.com", "(@b.com", "a@b.SVG", *(f"a@b.{end}" for end in "png jpg jpeg gif svg webp avif ico css js mjs cjs jsx tsx json html woff woff2 ttf".split())],
    "ipv4": ["v1.2.3.4", "V1.2.3.4", "120.0.0.0", "1.2.3.400", "1.2.3.256", "1.2.3", "1.2.3.4.5", "01.2.3.4", "1.02.3.4", "1.2.3.04", "0.1.2.3.4", "5.1.2.3.4", "1.2.3.4.9", ".1.2.3.4", "9.1.2.3.4", "1234.1.1.1", "1.1.1.1234", "300.1.1.1"],
    "mac": ["10:20:30", "4a:00:04:10:9b:50:11:22", "2024-11-24", "4a:00:04:10:9b", "4a:00:04-10-9b-50", "4g:00:04:10:9b:50", "44a:00:04:10:9b:50", "4a:00:04:10:9b:501", "4a:00:04:10:9b:50-", "a:4a:00:04:10:9b:50", "-4a:00:04:10:9b:50", "4a00-0410-9b50", "4a00.0410.9b501", "4a00.0410", "f4a:00:04:10:9b:50", "4a:00:04:10:9b:50a", "4a:00:04:10:9b:50F"],
    "ipv6": ["10:20:30", "a::before", "std::add", "f :: Int", "12:: x", "x ::after", "::12345", "a::b", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "10:20:30:40", "x::1", "foo::bar", ".::1", "0x::f"],
    "imei": ["356938035643808", "123456789012345", "x356938035643809", "356938035643809x", "-356938035643809", ".356938035643809", "356938035643809-", "3569380356438090", "0356938035643809", "356938-035643809", "35-693803-564380-8", "00-000000-000000-0", "35-693803-564380-90", "a35-693803-564380-9"],
    "user_path": ["/users/4711", "/homepage", "/home/", "/home//x", "/user/jroe", "Users\\jroe",  "C:Users\\jroe", "C:\\Userses\\x"],
    "phone": ["+1", "2024-11-24", "+1234567", "555-010-99", "5550109999", "55-010-9999", "555-01-9999", "(55) 010-9999", "+1234567890123456", "555_010_9999", "(555) 0109999"],
    "iban": ["DE89370400440532013001", "NO938601111794", "SE0123456789", "fooDE89370400440532013000", "9DE89370400440532013000", "ZDE89370400440532013000", "aDE89370400440532013000", "ZZ89370400440532013000", "DE89 3704  0044 0532 0130 00", "DE8937040044053201300", "DE 89370400440532013000", "DE89370400440532013O00", "DE89.3704.0044.0532.0130.00"],
    "private_key": ["-----BEGIN CERTIFICATE-----\nMIIC", "-----BEGIN PUBLIC KEY-----\nMIIB", "-----BEGIN PRIVATE KEY----------END PRIVATE KEY-----", "----BEGIN PRIVATE KEY-----\na", "-----BEGIN PRIVATE KEY----\na", "-----BEGIN a PRIVATE KEY-----a", "PuTTY-User-Key-File-:x", "-----BEGINPRIVATE KEY-----a"],
    "url_credentials": ["https://shop.example/@jane", "https://a.example?q=a@b", "https://[user]@shop.example/", "https://a#b@c", *(f"https://a{sign}b@c" for sign in "/ \t\v\"'<>?#"), "https://@h", ":/a@b"],
    "bearer": ["the bearer of this", "Bearer authentication", "bearer token", "a bearer token is due", "bearer tokens.", "bearer,a1", "bearera1", "Bearer abcdefghijklmnopqrstuvw", "Bearer  a.", "bearer (a1", "bearer Abc", "bearer ABC", "bearer a,b", "bearer token=a1"],
    "basic": ["Basic authentication", "basic English", "basicYTpi", "basic a", "basic YWFh", "basic AAE6Yg==", "basic YQo6Yg==", "Basic, YTpi"],
    "jwt": ["eyJhbGciOiJIUzI1NiJ9", "eyJ.eyJ", "eyJabcdefg.eyJa", "eyJabcdefgh.eyJ", "eyJabcdefgh.a.b.c", "eyjabcdefgh.eyJa", "eyJabcdefgh,eyJa"],
}  # fmt: skip
"""Look-alikes by detector."""

SSN, IBAN, MAC, IMEI = (
    "078-05-1120",
    "DE89370400440532013000",
    "4a:00:04:10:9b:50",
    "356938035643809",
)
LEFT["card"] += ["zz a4111111111111111f", "a4111111111111111f zz", "zz a4111111111111111"]
LEFT["us_ssn"] += [f"0{SSN}", f"9{SSN}", f"{SSN}9", f"{SSN}0"]
LEFT["iban"] += [f"{letter}{IBAN}" for letter in "AaZz09"]
LEFT["ipv4"] += ["9111.2.3.4", "0111.2.3.4", "1.2.3.1110", "1.2.3.1119", "1.2.3.4.0"]
LEFT["mac"] += [f"{letter}{MAC}" for letter in "09ABFabf"] + [
    f"{MAC}{letter}" for letter in "09ABFabf"
]
LEFT["ipv6"] += [f"{letter}0000::1" for letter in "09AFaf"] + ["z0000::1", "Z0000::1"]
LEFT["imei"] += [f"{letter}{IMEI}" for letter in "09AMZamz"] + [
    f"{IMEI}{letter}" for letter in "09AMZamz"
]
LEFT["private_key"] += [f"{begin}\nMIIB" for begin in ("----BEGIN PRIVATE KEY-----", "-----BEGIN RIVATE KEY-----", "-----BEGIN PRIVATE KEY----", "uTTY-User-Key-File-3: ssh-rsa")]  # fmt: skip
LEFT["url_credentials"] += ["//jane@h", "://@h"]
FOUND["bearer"] += ["bearer token= «abc123def456»", "bearer token: «abc123def456»"]
LEFT["bearer"] += ["earer abcdef.ghijkl0"]
LEFT["basic"] += ["asic amFuZTpodW50ZXIy"]
FOUND["private_key"] += [f"-----BEGIN PRIVATE KEY-----«MIIE{end}x»-----END PRIVATE KEY-----" for end in ("-----EN-----", "----END----", "-----END----")]  # fmt: skip
LEFT["url_credentials"].append(f"{'x ' * 200}https://a\vb@c")
VENDORS = """
adafruit adobe airtable algolia alibaba anthropic apify artifactory asana atlassian aws azure beamer bitbucket bitrise bittrex braintree
bugsnag cloudflare cloudinary codecov coinbase confluent contentful datadog deepl digitalocean discord docusign doppler droneci dropbox
dynatrace easypost elastic etsy facebook fastly figma finicity finnhub firebase flickr flutterwave freshbooks github gitlab gitter
gocardless google heroku hubspot huggingface instagram intercom jenkins jfrog jira kraken kucoin launchdarkly line linkedin lob logdna
looker mailchimp mailgun mailjet mapbox mattermost messagebird messenger mixpanel mongodb netlify newrelic notion nytimes okta openai
openweather pagerduty paypal pinecone plaid planetscale postman postmark privateai pusher rapidapi readme sauce scaleway segment sendbird
sendgrid sendinblue sentry shippo shopify slack snyk sonar sourcegraph spotify squarespace stripe sumologic supabase telegram tencent travis
trello twilio twitch twitter typeform vercel vonage wordpress yandex zendesk zoom
"""  # fmt: skip
FOUND["named_token"] = [
    "ALGOLIA_KEY=«9f8a7c1e2b3d4f5a9f8a7c1e2b3d4f5a»",
    'datadog: "«0a9f8e7d6c5b4a3f2e1d»"',
    "stripe.key -> «a9B8-c7D6_e5~F4+/0x»",
    "'Trello-Board' => '«0a9Z8y7B6x5C»'",
    "signing: «q1W2e3R4t5»",
    "license key = «q1W2e3R4t5»",
    "licence, «q1W2e3R4t5»",
    "x_access := `«q1W2e3R4t5»`",
    "api ?= «q1W2e3R4t5»",
    "airtable.key: '«keyYdELDtvZkZQEbt»'",
]
FOUND["named_token"] += [f"{vendor}.x: «q1W2e3R4t5»" for vendor in VENDORS.split()]
FOUND["named_token"] += [
    f"api{sign}«q1W2e3R4t5»"
    for sign in "-= += ?= .= != |= := = == === => -> : :: ::: ::= :::= ===> -===>".split()
]
FOUND["named_token"] += [
    f"keys{sign}«q1W2e3R4t5»"
    for sign in ('\\\\"=', "`:", "']=", "   =", "=%20", "=   ", '="""', "=```", "%20=")
]
FOUND["named_token"] += [f"key=«q1{sign}W2e3R4t5»" for sign in ".~+/=-"]
FOUND["named_token"] += [
    "license=«q1W2e3R4t5»",
    "licence=«q1W2e3R4t5»",
    "trello_abcdefghijklmnopqrstuvw=«q1W2e3R4t5»",
    "key=«q.1~W+2/e=3-R4t5_Z»",
]
FOUND["named_token"] += [f"{'x ' * 200}key\v=«q1W2e3R4t5»", f"{'x ' * 200}key=\v«q1W2e3R4t5»"]
LEFT["named_token"] = [
    "monkey=q1W2e3R4t5",
    "keys    =q1W2e3R4t5",
    "trello_abcdefghijklmnopqrstuvwx=q1W2e3R4t5",
]
LEFT["named_token"] += [
    "sentry_event_id=9f8a7c1e2b3d4f5a9f8a7c1e2b3d4f5a",
    "sort_key=created_at_2024_desc",
    "key=short1",
    "title=9f8a7c1e2b3d4f5a9f8a7c1e2b3d4f5a",
    "key: 1234567890123456",
    "key = getElementById2",
    "github_url: https://shop.example/a",
    "key=aaaaaaaaaaaaaaa1",
    "slack channel has 9f8a7c1e2b3d4f5a9f8a7c1e",
    "key=useStateCallback",
]
FOUND["ipv4"] += ["«10.0.0.0»/0", "«10.0.0.0»/9", "«10.0.0.0»/8", "route «120.0.0.0»/24"]
LEFT["ipv4"] += [
    "10.0.0.0/100",
    "10.0.0.0/199",
    "10.0.0.0/10.1",
    "xv1.2.3.4",
    "XV1.2.3.4",
    "version 1.2.3.4",
    "ver. 10.2.3.4",
    "release=1.2.3.4",
    "Chrome/90.0.44.1",
    "Edg/90.0.44.1",
    "10.0.0.0",
    "10.0.0.0/8.1",
    "firmware: v1.2.3.4",
]
FOUND["ipv6"] += [
    "«::»",
    "[«::»]:8080",
    "«::»/0",
    "=«::»/8",
    f"{'x ' * 200}\v«::»/9",
    "«9AF::»",
    "«0af::» g",
    "«109::»",
    "«1FA::»G",
    "«1fa::»/8",
    "'«::»/0",
    '"«::»/1',
    " «::»]",
    "«fe80::»",
    "«2001:db8::»/32",
]
FOUND["email"] += [
    "«jane (at) shop (dot) example»",
    "«jane at shop dot example»",
    "«jane[at]shop.example»",
    "«jane@shop(dot)example»",
    "«jane.roe {at} shop [dot] example (dot) org»",
    "write to «j@shop dot example» now",
]
FOUND["email"] += [f"see «{sign}a.b{sign}c (at) shop (dot) example»" for sign in "%+-_9é"]
LEFT["email"] += ["look (at) this", "jane at home", "a dot b", "met at ten dot"]
FOUND["user_path"] += [
    "/Users/«Jane Roe»/x",
    "file:///home/«jroe»/x",
    "file:///C:/Users/«Jane Roe»/x",
    "d:/users/«jroe»/x",
    "E:\\Users\\«Jane van Roe»\\x",
    "\\\\fs01\\home$\\«jroe»\\docs",
    "C:\\Documents and Settings\\«Jane Roe»\\x",
    "D:\\Profiles\\«jroe»\\x",
    "\\\\wsl$\\Ubuntu\\home\\«jroe»\\x",
    "\\\\wsl.localhost\\Ubuntu\\home\\«jroe»\\x",
    "/mnt/c/Users/«jroe»/x",
    "/var/home/«jroe»/x",
    "tmp/pytest-of-«jroe»/x",
    "~«jroe»/x",
    "in '~«j-r.o»/x'",
]
FOUND["user_path"] += [
    "a://users//«jroe»/x",
    "z:/profiles/«jroe»/x",
    "A:/documents and settings/«jroe»/x",
    "fs\\\\users\\«jroe»\\x",
    "a b\t~«A»/x",
    "\v~«Z_.-9»/x",
    '"~«a»/x',
    "=~«z»/x",
    ":~«_»/x",
    f"{'x ' * 200}\v~«jroe»/x",
]
LEFT["user_path"] += [
    "https://shop.example/home/docs/page",
    "//cdn.shop.example/Users/guide",
    "/Users/Shared/x",
    "C:\\Users\\Public\\x",
    "~/x",
    "a~b/c",
]
FOUND["jwt"] += [
    "«ZXlK0_A-a+/z09AZaz09AZaz09AZaz09AZaz09AZaz09AZaz»",
    "«ZXlKaaaaaaa-09AZaz09AZaz09AZaz09AZaz09AZaz09AZaz»",
    "«ZXlK_aaaaaaa09AZaz09AZaz09AZaz09AZaz09AZaz09AZaz»",
    "«ZXlKaGJHY2lPaUpJVXpJMU5pSjkuZXlKemRXSWlPaUkwTnpFeEluMC5jMmxu»",
    "x=«ZXlK09AZaz+/_-09AZaz+/_-09AZaz+/_-09AZaz+/_-==»",
]
LEFT["jwt"] += ["ZXlKaGJHY2lPaUpJ", "ZXlK09AZaz+/_-09AZaz+/_-09AZaz+/_-09AZaz+/_"]
LEFT["user_path"] += ["/home/\v/x", f"{'x ' * 200}/home/\vx"]

FOUND["user_path"] += [f"https://x.example/a{sign}/home/«jroe»/x" for sign in " \n\t\"'<>"]
LEFT["user_path"] += ["c:/usersjroe/x"]
SILENT = {
    "card": ["4111 1111 111", "1111 1111 1111 1111", "0.411111111111", "a411111111111", "a41111111111f", "41111111111", "4 1 1 1 1 1 1 1 1 1 1", "14 1 1", "411 1111 1111", "4111 111 1111", "4111 1111 111",
             "4111   1111 1111", "4111 1111   1111", "4111 111111 11", "4111 11111 111", "411 111111 111", "41111111 1111 1111", "2024-11-24 10:20:30", "1732443630000", "9.411111111111", "f411111111111",
             "x 1411111111", "4111,1111,1111", "3 111", "5500-12-31", "a41111111111 g"],
    "us_ssn": ["078-05-112", "78-05-1120", "078-5-1120", "0780-5-1120", "078_05-1120", "078-05_1120", "07805-1120", "078-051120"],
    "iban": ["DE893704004", "ADE8937040044", "0DE8937040044", "DE8A37040044", "DE893704A044", "ZZ8937040044", "FR89A704004", "DE89.37040044", "FR89_A7040044", "FR89 A70400  44", "DE89 370400  44", "XFR8937040044", "zDE8937040044"],
    "email": ["@b.com", "a@b", "a@.c", "a@b.c", "a@b.c1", "a b.com", "a@b.png", "a@b.gif", "a@b.jpg", "a@b.svg", "icon@2x.png", "(@b.com", "a@bcom", "a@b_c.c", ")@b.de", "a@b.1com", "a@ b.com", "a@b.PNG"],
    "ipv4": ["1.0.0.0", "1.2.3", "v.2.3.4", "1.2.a.4", "1,2.3.4", "1.2.3.", ".1.2.0", "1.02", "1.0.0.x", "10.2.3"],
    "mac": ["4a:00:0", "4a:00:04", "4a0004", "4a00.0410", "4a00.041.", "a:00:04:", "4a00.04109", "g:00:04:", "4a00:0410."],
    "ipv6": ["1:2:", "std::fs", "a:b:g", "::g", "9::g", "g::", "10:20:30", "x:y::1", ".::1", ":::g", "a:/6", "x:]"],
    "imei": ["35693803564380", "3569380356438090", "a356938035643809", "356938035643809a", ".356938035643809", "-356938035643809", "356938035643809-", "35-69380-564380-9", "35-693803-56438-9", "3-693803-564380-9", "35-693803-5643809", "35693803-564380-"],
    "user_path": ["xhome/jroe", "xUsers/jroe", "/homes", "/Usersx", "users/", "sers\\", "user\\", "/home", "/Users", "/hom/", "/User/", "c:/users", "c:/profiles x"],
    "phone": ["+x", "1", "(55)", "555)", "(555", "55-010-9999", "555-01-9999", "555-010-999", "555_010-9999", "555-010_9999", "5550109999"],
    "private_key": ["----BEGIN ", "-----BEGIN\n", "-----BEGINX", "PuTTY-User-Key-File", "uTTY-User-Key-File-"],
    "url_credentials": ["//jane@h", ":/jane@h", "x://jane", "://a/b@", "://a b@", "://a?b@", "://a#b@", "://a\vb@", "://a<b@", "://a>b@", "://a'b@", '://a"b@'],
    "bearer": ["bearer", "bearerx", "bearer::", "earer x", "beare x", "bearer,"],
    "basic": ["basic", "basicx", "basic::", "asic x", "basi x", "basic,"],
    "jwt": ["eyJabcdefg", "yJabcdefgh", "eJabcdefgh", "eyabcdefgh", "eyJabcd.efgh", "EYJabcdefgh"],
    "openai": ["3BlbkFJ", "T3BlbkF", "sk", "sk-pro-", "sk-proj", "k-proj-", "sk-admin"],
    "twilio": ["SK012", "SKUabc", "K0123", "S0123", "SK01g3"], "databricks": ["dapi012", "api0123", "dapi01g3"], "slack": ["xox", "xoxb", "xoxf-", "oxb-", "xoxz-"],
}  # fmt: skip
"""What does not wake a probe, for it costs time: by name of the detector."""
