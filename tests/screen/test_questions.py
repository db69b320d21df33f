"""Questions people ask: the list, an answer, and none."""

from dataclasses import replace


async def test_a_question_is_chosen_and_its_answer_read(sit_down, dpo) -> None:
    async with sit_down(dpo, size=(100, 40)) as seat:
        await seat.press("w")
        assert seat.shown == "QuestionsScreen"
        for number, one in enumerate(dpo.questions, 1):
            assert any(f"{number}  " in line for line in seat.lines), one.question
        await seat.press("down", "enter")
        assert seat.shown == "AnswerScreen"
        assert dpo.questions[1].question in seat.text
        while "read on" in seat.keys:
            await seat.press("space")
        drops = ", ".join(map(str, dpo.questions[1].drops))
        assert f"Treated in drop{'s' if ',' in drops else ''} {drops}." in seat.text
        await seat.press("escape")
        assert seat.shown == "QuestionsScreen"
        await seat.press("1", "enter")
        assert dpo.questions[0].question in seat.text
        await seat.press("q", "w")
        assert seat.shown == "HomeScreen"


async def test_a_click_puts_the_cursor_on_a_question(sit_down, dpo) -> None:
    async with sit_down(dpo) as seat:
        await seat.press("w")
        await seat.hand.click(list(seat.screen.query("Row"))[2])
        await seat.settle()
        assert seat.screen.query_one("QuestionList").cursor == 2


async def test_without_questions_it_says_who_writes_them(sit_down, small) -> None:
    async with sit_down(replace(small, questions=())) as seat:
        await seat.press("w")
        assert "its author writes them in questions.yaml" in seat.text
        assert "read the answer" not in seat.keys
        await seat.press("enter", "escape")
        assert seat.shown == "HomeScreen"
