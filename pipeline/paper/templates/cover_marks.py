"""What is said beside each field of the cover, as a formula and now; there the return as a whole is asked about too."""

from pipeline.paper.templates.grounded import Grounded
from schemas.edition import CoverField
from schemas.spoken import prose_of

FILL, DONE, NOTED = "○ 待填", "√", "√ 已说明"
CHOOSE = "× 请从下拉框选"
SAID = ("属实", "确实")  # what must stand in a text that is to answer for the whole return
ANSWER, TELL = "：属实的请写明“属实”和原因", "：请核对，属实的请告诉办公室"
MEANS = "由这份表的各项数字算出，数字一改就变。"

Mark = tuple[str, str]


def field_mark(field: CoverField, cell: str, text: str, grounded: Grounded) -> Mark:
    """The mark of a field whose input is ``cell`` and holds ``text``."""
    rest = f'"{DONE}"', DONE
    if field.choices:
        known = ",".join(f'"{choice}"' for choice in field.choices)
        rest = f'IF(ISNA(MATCH({cell},{{{known}}},0)),"{CHOOSE}","{DONE}")', DONE if text in field.choices else CHOOSE
    elif field is prose_of(grounded.draft.layout.form.edition):
        rest = _whole(cell, text, grounded)
    return f'IF(ISBLANK({cell}),"{FILL}",{rest[0]})', rest[1] if text else FILL


def below_mark(grounded: Grounded) -> Mark:
    """What stands beside the check code: where the cover has no place for words, what is asked of the whole return."""
    whole = grounded.grounds.whole
    if prose_of(grounded.draft.layout.form.edition) or not grounded.draft.known.is_known:
        return "", MEANS
    return f'IF(LEN({whole})>0,{whole}&"{TELL}","{MEANS}")', grounded.whole + TELL if grounded.whole else MEANS


def _whole(cell: str, text: str, grounded: Grounded) -> Mark:
    if not grounded.draft.known.is_known:
        return f'"{DONE}"', DONE
    whole = grounded.grounds.whole
    said = ",".join(f'ISNUMBER(SEARCH("{word}",{cell}))' for word in SAID)
    formula = f'IF(LEN({whole})=0,"{DONE}",IF(OR({said}),"{NOTED}",{whole}&"{ANSWER}"))'
    if not grounded.whole:
        return formula, DONE
    return formula, NOTED if any(word in text for word in SAID) else grounded.whole + ANSWER
