from tests.docs.test_examples import *
def test_x(copy):
    copy(FIRST); run_the_tests()
    r = CliRunner().invoke(main, ["check", ".", "-q"])
    print(r.output, r.stderr, r.exception); assert 0
