"""`python -m tests.guide`"""

from tests.guide import main

main()
