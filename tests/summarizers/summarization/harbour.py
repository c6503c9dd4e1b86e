"""A story of eight sentences, the last of which breaks off."""

STORY = (
    "The harbour council of Velmar voted on Monday to close the old fish market by March. "
    "The building has leaked since a storm in 2019 tore off part of its roof. "
    "Traders were told of the decision by letter, the council said. "
    "“We have sold here for four generations,” said Ilka Brandt, who runs the largest stall. "
    "A new hall near the railway station is to open in two years at a cost of 14 million crowns. "
    "Opposition members had asked for a repair instead. "
    "Their motion failed by nine votes to seven. "
    "The mayor promised free transport for traders who move before"
)
