"""From net as paid, which people know, to what the law's texts and OpenFisca's inputs ask for.

Wages. Gross to net: contributions of 20.84 % in the private sector without local or company schemes (old-age 6.90 +
0.40 %, AGIRC-ARRCO 3.15 + 0.86 %, CSG and CRDS 9.7 % of 98.25 % of gross: art. D.242-4, L.136-1-1 and L.136-2 of the
code de la sécurité sociale; the minimum wage of 2025, 1 801.80 € gross and 1 426.30 € net, gives the same 0.7916).
Net to taxable: CSG that is not deducted (2.4 %) and CRDS (0.5 %), on 98.25 % of gross, so 3.6 % of net (3.55 % for
contract staff of the State, whose pension contribution is lower). 3.5 % is taken. A company health scheme is left
out: it lowers what is paid and raises what is taxed by some tens of euros.

Unemployment benefit and pensions. Taken as their own taxable and gross amount: small ones bear no CSG, and that is
where the rights are. Larger ones are taxed on up to 3 % more than what is paid.

Sick pay of the Sécurité sociale is taxed as a wage (art. 80 quinquies of the code général des impôts): OpenFisca has
no annual variable for it, so it goes with taxable unemployment benefit, which follows the same path.
"""

NET_OF_GROSS = 0.7916
TAXABLE_OF_NET = 1.035

# Deposit ceiling of one livret A, € (art. R.221-2 of the code monétaire et financier).
LIVRET_A_CEILING = 22_950.0

CRDS = 0.005

# "50 to 79 %" and "80 % and more", as rates above each threshold of the texts.
DISABILITY_RATES = {0: 0.0, 50: 0.6, 80: 0.8}
