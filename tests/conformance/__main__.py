"""`python -m tests.conformance`: the worked examples, then OpenFisca-France's own tests."""

import sys

from tests.conformance import cases, openfisca_suite

if __name__ == "__main__":
    sys.exit(cases.main() | openfisca_suite.main())
