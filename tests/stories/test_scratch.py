import pytest
from tests.stories.people import *
pytestmark=pytest.mark.browser
def test_elder(town):
    g=town.visitor(PHONE,"王奶奶"); g.opens("/"); g.presses("长辈版")
    for a,n in (("/","home"),("/guide/newborn","guide"),("/help","help"),("/all","things"),("/login","login")):
        g.opens(a); g.page.screenshot(path=f"/tmp/stories-shots/elder-{n}.png",full_page=True)
