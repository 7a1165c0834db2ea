import pytest, os
from tests.stories.people import *
pytestmark=pytest.mark.browser
DUMP="""() => [...document.querySelectorAll('main form#form .field')].filter(e=>!e.closest('.rows')).map(e=>{
 const l=(e.querySelector('legend.label')||e.querySelector('label.label'));
 const i=e.querySelector('input,select,textarea');
 return [l?l.textContent.trim():'?', e.tagName, i? (i.tagName+':'+i.type):'-', [...e.querySelectorAll('.pick-face')].map(x=>x.textContent.trim()), [...e.querySelectorAll('option')].map(x=>x.textContent.trim()).slice(0,12), [...e.querySelectorAll('.sub-label')].map(x=>x.textContent.trim()), i?i.value:'']})"""
def dump(w):
    base=w.where.rsplit("/",1)[0]; n=0
    while True:
        r=w.page.goto(w.town.address+f"{base}/{n}")
        if r.status!=200: break
        print("=====",w.heading)
        for f in w.page.locator(".fact").all_inner_texts(): print("  F",f.replace("\n"," | ")[:90])
        for d in w.page.evaluate(DUMP): print("  Q",d)
        for d in w.page.locator("form#form section.card h2").all_inner_texts(): print("   h2",d)
        n+=1
    w.page.goto(w.town.address+base.rsplit("/",1)[0]+"/materials")
    print(w.page.locator("main h3").all_inner_texts()); print(w.text()[:300])
def test_b(town):
    w=town.visitor(DESKTOP,"王芳"); w._examines=lambda *_:None
    w.page.goto(town.address+"/login"); w.presses("王芳")
    w.opens("/start/newborn?birth-place=省内助产机构&married=yes&household-follow=随母&mother-insured=职工生育保险&directly-settled=yes")
    w.presses("开始办理")
    for x in ("儿童预防接种证办理","城乡居民基本医疗保险参保登记","社会保障卡申领"): w.ticks(x)
    for x in ("育儿补贴",): w.ticks(x,on=False)
    w.presses("就办这些"); print(w.where); dump(w)
    x=town.visitor(DESKTOP,"徐明"); x._examines=lambda *_:None
    x.page.goto(town.address+"/login"); x.presses("徐明")
    x.opens("/start/newborn?birth-place=省内助产机构&married=yes&household-follow=随父&mother-insured=职工生育保险&directly-settled=yes")
    x.presses("开始办理"); print(x.text())
    x.presses("就办这些"); print(x.where); dump(x)
def test_c(town):
    l=town.visitor(DESKTOP,"李国强"); l._examines=lambda *_:None
    l.page.goto(town.address+"/login"); l.presses("李国强"); print(l.where)
    l.follows("替人申报",last=True)
    from yijianshi.services.outside import outside
    from yijianshi.domain.workdays import legal_day
    from yijianshi.integrations.population.cast import cast_population
    zhou=next(p for p in cast_population(legal_day(outside().clock.now())).people if p.name=="周文")
    l.answers_all({"要办哪件事":"开办企业","谁来申请":"个人","证件号码":zhou.number,"姓名或单位名称":"周文"})
    l.presses("下一步")
    print(l.text())
    for q in ("需要刻制公章等印章吗","需要预约开立银行基本存款账户吗","有发票领用需求或已发生纳税义务吗","有雇工，需要参加职工医保"): 
        l.answers(q, {"需":"要","有发":"要开","有雇":"有雇工"}.get(q[:2], "要") if q[0]!="需" else "要")
    l.presses("开始填表"); print(l.where); 
    if "situation" in l.where: print(l.text())
    if "situation" not in l.where: l.opens(l.where.split("/form")[0]+"/situation"); print(l.text())
    l.presses("就办这些"); dump(l)
