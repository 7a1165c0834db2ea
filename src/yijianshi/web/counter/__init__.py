"""The counter (柜台): the code a citizen shows, the clerk's page by keyboard, photographed papers, figures, passing on."""
