from meanwhile.core.ids import READABLE, operation_id, readable_code, tidy_code


def test_a_code_holds_no_sign_that_is_read_as_another():
    assert not set("0O1IL2Z5S8B") & set(READABLE)
    assert set(readable_code(200)) <= set(READABLE)


def test_a_code_typed_by_hand_is_understood():
    assert tidy_code(" 8bsc-4rvr ") == "8BSC4RVR"


def test_operation_ids_do_not_repeat():
    assert len({operation_id() for _ in range(1000)}) == 1000
