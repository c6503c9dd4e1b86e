"""Two reports of one verdict, one of a similar verdict, and a story of something else."""

VERDICT = (
    "Banker Ola Rensvik jailed for fraud\nA court in Tromvik sentenced the banker Ola Rensvik to 14 years in prison on "
    "Friday for taking 320 million from the Harbour Savings Bank. Judge Mina Falk said Rensvik had betrayed 9,000 savers."
)
SAME_VERDICT = (
    "Ola Rensvik, the former head of the Harbour Savings Bank, must go to prison for 14 years. A Tromvik court found on "
    "Friday that he stole 320 million, and judge Mina Falk spoke of betrayed savers."
)
OTHER_VERDICT = (
    "Banker Pal Ingstad jailed for fraud\nA court in Sandhavn sentenced the banker Pal Ingstad to 6 years in prison on "
    "Tuesday for taking 45 million from the Valley Credit Union. Judge Tor Hegg said Ingstad had betrayed 700 savers."
)
WEATHER = "Rain filled the rivers of the coast at the weekend, and farmers were glad after two dry months."
