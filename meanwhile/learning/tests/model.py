"""A slow, obvious model of progress: every figure is found by reading whole logs again.

It shares no code and no idea with learning/progress.py: a course is nested dictionaries, what
happened is a list, and to know anything the list is read from the start.
"""

from dataclasses import dataclass, field


@dataclass
class ModelBlock:
    answers: bool
    removed: bool = False
    aims: set[str] = field(default_factory=set)


@dataclass
class ModelLesson:
    blocks: list[int] = field(default_factory=list)
    removed: bool = False
    draft: bool = False
    aims: set[str] = field(default_factory=set)


@dataclass
class ModelUnit:
    lessons: list[int] = field(default_factory=list)
    removed: bool = False


@dataclass
class Model:
    """Keys are those of the rows. `log`: ("done", who, block) and ("answer", who, block, right)."""

    units: dict[int, ModelUnit] = field(default_factory=dict)
    lessons: dict[int, ModelLesson] = field(default_factory=dict)
    blocks: dict[int, ModelBlock] = field(default_factory=dict)
    order: list[int] = field(default_factory=list)
    log: list[tuple] = field(default_factory=list)

    def seen_in_unit(self, unit: int) -> list[int]:
        """Blocks of a unit that learners see, in order."""
        if self.units[unit].removed:
            return []
        return [b for lesson in self.units[unit].lessons for b in self.seen_in_lesson(lesson)]

    def seen_in_lesson(self, lesson: int) -> list[int]:
        found = self.lessons[lesson]
        if found.removed or found.draft or self.units[self.unit_of(lesson)].removed:
            return []
        return [block for block in found.blocks if not self.blocks[block].removed]

    def unit_of(self, lesson: int) -> int:
        [unit] = [key for key, unit in self.units.items() if lesson in unit.lessons]
        return unit

    def lesson_of(self, block: int) -> int:
        [lesson] = [key for key, lesson in self.lessons.items() if block in lesson.blocks]
        return lesson

    def seen(self) -> list[int]:
        return [block for unit in self.order for block in self.seen_in_unit(unit)]

    def figures(self, who: str, blocks: list[int]) -> tuple[int, int, int, int, int]:
        """total, done, questions, answered, right"""
        done = answered = right = questions = 0
        for block in blocks:
            questions += self.blocks[block].answers
            answers = self.answers(who, block)
            was_done = [line for line in self.log if line[:3] == ("done", who, block)]
            done += bool(was_done or answers)
            if self.blocks[block].answers and answers:
                answered += 1
                right += answers[-1]
        return len(blocks), done, questions, answered, right

    def answers(self, who: str, block: int) -> list[bool]:
        return [line[3] for line in self.log if line[:3] == ("answer", who, block)]

    def shaky(self, who: str, blocks: list[int]) -> bool:
        total, done, _questions, answered, right = self.figures(who, blocks)
        return total > 0 and done == total and answered >= 3 and right / answered < 0.6

    def shaky_in(self, who: str) -> int | None:
        shaky = [unit for unit in self.order if self.shaky(who, self.seen_in_unit(unit))]
        return shaky[0] if shaky else None

    def stuck_on(self, who: str) -> int | None:
        """The last question answered, among those whose last three answers were wrong."""
        stuck = [
            block
            for block in self.seen()
            if self.blocks[block].answers
            and len(self.answers(who, block)) >= 3
            and not any(self.answers(who, block)[-3:])
        ]
        latest = None
        for line in self.log:
            if line[0] == "answer" and line[1] == who and line[2] in stuck:
                latest = line[2]
        return latest

    def for_aim(self, aim: str) -> list[int]:
        """Blocks that count for an objective: tagged, or untagged in a tagged lesson."""
        counted = []
        for block in self.seen():
            own = self.blocks[block].aims
            if aim in (own or self.lessons[self.lesson_of(block)].aims):
                counted.append(block)
        return counted
