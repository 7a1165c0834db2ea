"""A draft of an official document and a list, as the lead department would have them."""

from yijianshi.services.letters import Annex, Block, ListDocument, OfficialDocument, Part

from .cast import FILED_ON, MARKET

_PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="20"><rect width="60" height="12" fill="#1155d4"/></svg>'

OFFICIAL = OfficialDocument(
    authority=MARKET,
    on=FILED_ON,
    title="江苏省“开办餐饮店一件事”实施方案",
    parts=(
        Part(
            heading="目标",
            blocks=(
                Block(text="把六个事项整合为一件事。"),
                Block(
                    caption="改革前后对照",
                    heads=("项目", "改革前", "改革后"),
                    widths=(1.0, 1.0, 1.0),
                    rows=(("材料", "20 份", "8 份"),),
                ),
            ),
        ),
        Part(
            heading="流程再造",
            blocks=(
                Block(heading="改革前：一项一项办"),
                Block(svg=_PICTURE, alt="前后对照图", caption="同一把尺子"),
            ),
        ),
    ),
    annexes=(
        Annex(
            title="数据共享需求清单",
            across=True,
            blocks=(
                Block(
                    heads=("需求部门", "提供部门"),
                    widths=(1.0, 1.0),
                    rows=(("省公安厅", "省市场监督管理局"),),
                ),
            ),
        ),
    ),
    source="由目录生成",
)
LIST = ListDocument(
    authority=MARKET,
    on=FILED_ON,
    title="“一件事一次办”任务分工",
    about="牵头部门取自目录",
    heads=("序号", "一件事", "牵头部门"),
    widths=(0.5, 2.0, 2.0),
    rows=(("1", "开办餐饮店", "省市场监督管理局"),),
)
