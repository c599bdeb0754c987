"""Which facts of a group stand below its columns in the standard layout."""

import pytest

from groups.printing.fields import ACCESS, CONTACTS, COST, JOINING, NEXT_DATES, WHEN, WHERE
from groups.printing.pdf.columns import IN_COLUMN, below_columns

#: Texts of so many lines of a column.
ONE, THREE, NINE = ("x" * IN_COLUMN * lines for lines in (1, 3, 9))


@pytest.mark.parametrize(
    "facts, below",
    [
        # Nothing is gained.
        ({WHEN: [THREE], WHERE: [ONE], JOINING: [THREE], COST: [ONE]}, []),
        ({WHEN: [ONE], JOINING: [ONE], COST: [ONE]}, []),
        # The right column is the longer one, with one fact too many, or two.
        ({WHEN: [ONE, ONE], WHERE: [ONE], JOINING: [NINE], COST: [ONE]}, [JOINING]),
        ({WHEN: [ONE], WHERE: [ONE], JOINING: [NINE], ACCESS: [NINE], CONTACTS: [ONE]}, [JOINING, ACCESS]),
        # The left one: times and dates stay in it.
        ({WHEN: [THREE], NEXT_DATES: [THREE], WHERE: [NINE], JOINING: [ONE]}, [WHERE]),
        ({WHEN: [NINE], NEXT_DATES: [NINE], JOINING: [ONE]}, []),
        # A text in pieces is as long as they are.
        ({WHEN: [ONE], JOINING: [[ONE] * 9]}, [JOINING]),
    ],
)
def test_facts_stand_below_where_they_would_make_a_group_higher(facts, below):
    in_left = sum(fact in facts for fact in (WHEN, NEXT_DATES, WHERE))

    assert below_columns(facts, in_left, last_lines=2) == below
