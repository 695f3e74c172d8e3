"""How a report looks; it is printed too."""

STYLE = (
    "body{margin:0;background:#fff;color:#1c2733;font:16px/1.55 system-ui,'Noto Sans SC','PingFang SC',sans-serif}"
    "main{max-width:74rem;margin:0 auto;padding:1.5rem}"
    "h1{font-size:1.7rem;margin:.2rem 0 .6rem;overflow-wrap:anywhere}"
    "h2{font-size:1.2rem;margin:2.2rem 0 .4rem;border-top:1px solid #c9d3dd;"
    "padding-top:1rem}p{margin:.4rem 0;max-width:60rem}.wide{overflow-x:auto;margin:.7rem 0}"
    ".map{position:relative;width:max-content;max-width:max(100%,100rem)}"
    ".map svg{display:block;max-width:100%;height:auto}"
    # a wide map is first seen where the cases begin, which is in its middle
    ".map i{position:absolute;left:max(0px,50% - 9rem);width:1px;height:1px;scroll-initial-target:nearest}"
    "@media print{svg{max-width:100%;height:auto}}table{border-collapse:collapse;font-size:.93rem}"
    "th,td{padding:.28rem .75rem;border-bottom:1px solid #dde4ea;text-align:left;vertical-align:top}"
    "th{background:#eef3f7;font-weight:600}td.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}"
    "@media print{section{break-inside:avoid}}"
)
