"""Endings by which Telegram takes a bare word such as example.org for an address.

The country codes are all there; of the several hundred generic names, those that people meet.
"""

_COUNTRIES = """
ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bv bw by bz ca cc cd cf
cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gb gd ge gf gg
gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp
kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne
nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sj sk
sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn
vu wf ws ye yt za zm zw
"""
_GENERIC = """
academy aero agency app arpa art asia auto bank bar beer best bike biz blog boutique business cafe camp care cat center
chat city clinic cloud club coach coffee com community company consulting cool coop date design dev diet digital
direct doctor download earth edu education email energy events expert family farm fashion film finance fit fitness
football fun game games garden gold golf google gov green group guide guru health healthcare help hospital hotel house
info ink international int jobs kim land law legal life link live love ltd map market media men mil mobi moe money
museum name navy net network news ninja one online onion org page party pet photo photography photos pics pictures
plus post press pro pub racing red report rest restaurant review run rugby sale school science services shoes shop
show site ski soccer social software solar space sport store studio style support surf systems tax team tech
technology tel tennis theater tips today tools top tours town toys training travel tube university vet video vip vote
watch website wiki win wine work works world xxx xyz yoga zone рф
"""
KNOWN_ENDINGS = frozenset(_COUNTRIES.split()) | frozenset(_GENERIC.split())
