"""
One source, every channel (同源发布): what is published, written as a graph, a process, a picture, a spreadsheet.

Basis: 苏政办发〔2022〕87号, 二(一), 在线上线下服务渠道同源发布、同步更新.
"""
