"""What the API answers with: the one place where its shapes stand. Fields are never left out; unknown is null."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from ..ledger.records import ChangeKind, JudgementKind, Media
from ..ledger.records import Outcome as AddOutcome
from ..model import Act, Hedge, Kind, SourceType, Status

Number = int | float


class _Shape(BaseModel):
    model_config = ConfigDict(from_attributes=True, extra="ignore")


class _Page(_Shape):
    next: str | None = Field(default=None, description="`cursor` of the next page; null on the last.")


class ProblemShape(_Shape):
    """RFC 9457, application/problem+json."""

    title: str
    status: int
    detail: str = ""
    instance: str = ""
    errors: list[dict[str, str]] = []


class ClaimShape(_Shape):
    """A claim. `low`/`high` are in the unit written, null is an open end; offsets are code points of the article."""

    key: int
    id: str
    report: int = Field(description="The reading that holds it: /api/v1/articles/{report}")
    article: str
    version: int
    latest: bool
    coded: bool
    outlet: str | None
    headline: str | None
    published: str | None = Field(description="EDTF")
    day: str | None
    start: int | None
    end: int | None
    text: str
    sentence: str
    in_headline: bool
    low: Number | None
    high: Number | None
    hedge: Hedge
    kind: Kind
    unit: str | None
    of: str | None
    counted: str | None
    event: str | None
    status: Status
    places: list[str]
    actors: list[str]
    source: str | None
    speaker: str | None
    source_type: SourceType | None
    act: Act | None
    via: list[str]
    time: str | None
    date_start: str | None
    date_end: str | None
    latitude: float | None
    longitude: float | None
    note: str | None


class HeadShape(_Shape):
    """A reading of an article, without its text."""

    key: int
    article: str
    version: int
    latest: bool
    media: Media
    source: str | None
    outlet: str | None
    headline: str | None
    published: str | None
    day: str | None
    claims: int
    fetched: str | None


class TallyShape(_Shape):
    claims: int
    reports: int
    outlets: int
    relations: dict[str, int]


class SeriesLineShape(_Shape):
    id: str
    label: str | None
    event: str | None
    counted: str | None
    place: str | None
    unit: str | None
    first_day: str | None
    last_day: str | None
    origins: int = Field(description="How many voices the figures go back to.")
    tally: TallyShape
    newest: ClaimShape | None


class StoryLineShape(_Shape):
    id: str
    title: str | None
    first_day: str | None
    last_day: str | None
    reports: int
    outlets: list[str]
    origins: int = Field(description="Reports less those that repeat another's words.")
    series: int
    leading: SeriesLineShape | None


class ToldShape(_Shape):
    report: HeadShape
    echoes: list[HeadShape]


class FindingShape(_Shape):
    """Something that does not fit: the claims it is about, by key, and an English sentence."""

    kind: str
    claims: list[int]
    what: str
    detail: dict[str, Any]


class StoryShape(_Page):
    line: StoryLineShape
    told: list[ToldShape]
    series: list[SeriesLineShape] = Field(
        description="Those that most of its reports carry, at most 60; `line.series` counts all."
    )
    findings: list[FindingShape] = Field(description="What does not fit inside its reports, then between them.")


class FigureShape(_Shape):
    claim: ClaimShape
    relation: str | None = Field(description="How it stands to the figure before it.")
    to: int | None
    against: list[int] = Field(description="Keys of the claims it conflicts with.")
    superseded: bool


class RelationShape(_Shape):
    a: int
    b: int
    relation: Literal["agrees", "refines", "moved", "conflicts", "echo"]
    detail: dict[str, Any]


class SumShape(_Shape):
    whole: ClaimShape
    parts: list[ClaimShape]
    adds_up: bool


class JudgementShape(_Shape):
    number: int
    kind: JudgementKind
    a: str | None
    b: str | None
    label: str | None
    who: str
    at: str
    why: str | None
    undoes: int | None
    stands: bool


class SeriesShape(_Page):
    line: SeriesLineShape
    figures: list[FigureShape]
    relations: list[RelationShape]
    sums: list[SumShape]
    judgements: list[JudgementShape]
    findings: list[FindingShape] = Field(description="What does not fit between its reports.")


class ChangeShape(_Shape):
    article: str
    version: int
    kind: ChangeKind
    before: int | None
    after: int | None
    fields: list[str]
    what: str
    seen: str


class ArticleShape(_Shape):
    """An article as it was read. `analysis` has the analysis format, its offsets point into `text`."""

    head: HeadShape
    text: str
    analysis: dict[str, Any]
    claims: list[ClaimShape]
    series: dict[int, str] = Field(description="The series of a claim, by the claim's key.")
    stories: list[str]
    findings: list[FindingShape]
    sums: list[SumShape]
    echo_of: list[HeadShape]
    versions: list[HeadShape]
    changes: list[ChangeShape]


class MovementShape(_Shape):
    series: str
    label: str | None
    before: ClaimShape
    after: ClaimShape
    superseded: bool
    odd: FindingShape | None = Field(description="What does not fit between the two, more than that they differ.")


class CorrectionShape(_Shape):
    change: ChangeShape
    before: ClaimShape | None
    after: ClaimShape | None


class DeskShape(_Shape):
    since: str | None
    articles: int
    claims: int
    stories: list[StoryLineShape]
    moved: list[MovementShape]
    conflicts: list[MovementShape]
    corrected: list[CorrectionShape]
    newest: list[HeadShape]


class VoiceShape(_Shape):
    name: str
    type: str | None
    claims: int
    articles: int
    last_day: str | None


class SaidShape(_Shape):
    claim: ClaimShape
    series: str | None
    against: list[ClaimShape]


class OutletCheckShape(_Shape):
    """How the pages of an outlet read that were fetched in the last days. Shares are from 0 to 1."""

    outlet: str
    pages: int
    headline: float | None = Field(description="Share of the pages on which one was found; so `date` and `byline`.")
    date: float | None
    byline: float | None
    paragraphs: float | None = Field(description="Of the middle page; so `letters` and `claims`.")
    letters: float | None
    letters_before: float | None = Field(description="In the weeks before.")
    claims: float | None
    furniture: float | None = Field(description="Share of the middle page's letters taken for menus and the like.")
    problems: list[str] = Field(description="In English.")
    since: str | None
    example: str | None


class DriftedShape(_Shape):
    check: OutletCheckShape
    reading: int | None = Field(description="The example in the ledger: /api/v1/articles/{reading}")


class DriftedList(_Shape):
    items: list[DriftedShape]


class HitShape(_Shape):
    key: int
    article: str
    version: int
    outlet: str | None
    headline: str | None
    published: str | None
    excerpt: str
    claims: int


class FacetShape(_Shape):
    field: str
    value: str
    claims: int


class ComparedShape(_Shape):
    standing: Literal["agrees", "differs", "only_a", "only_b"]
    a: ClaimShape | None
    b: ClaimShape | None
    relation: str | None
    slip: int | None
    more_a: list[ClaimShape] = Field(description="What else the first article says of it.")
    more_b: list[ClaimShape] = Field(description="What else the second article says of it.")
    odd: FindingShape | None = Field(description="What does not fit between the two, more than that they differ.")


class ComparisonShape(_Shape):
    a: HeadShape
    b: HeadShape
    rows: list[ComparedShape]


class StoriesPage(_Page):
    items: list[StoryLineShape]


class SeriesPage(_Page):
    items: list[SeriesLineShape]


class ClaimsPage(_Page):
    items: list[ClaimShape]


class FoundPage(_Page):
    """Claims found, with how many of them have which outlet, event, kind and status."""

    items: list[ClaimShape]
    facets: list[FacetShape]
    facets_cut: bool = Field(description="True when only the claims added last were counted.")


class HitsPage(_Page):
    items: list[HitShape]


class VoicesPage(_Page):
    items: list[VoiceShape]
    unresolved: int


class SaidPage(_Page):
    items: list[SaidShape]
    others: list[VoiceShape]


class JudgementsPage(_Page):
    items: list[JudgementShape]


_Text = Annotated[str, Field(min_length=1)]
_Short = Annotated[str, Field(max_length=300)]


class TextGiven(BaseModel):
    """A text to read, and what is known about it beside it."""

    model_config = ConfigDict(extra="forbid")

    text: _Text
    published: _Short | None = Field(default=None, description="ISO 8601 day or moment")
    outlet: _Short | None = None
    address: Annotated[str, Field(max_length=2000)] | None = Field(
        default=None, description="The page's URL: texts with the same one are versions of one page."
    )


class Reading(_Shape):
    """What was read out of a text that is not kept, in the analysis format."""

    analysis: dict[str, Any]


class AddedShape(_Shape):
    article: str
    outcome: AddOutcome
    version: int
    key: int
    claims: int
    changes: list[ChangeShape]


class JudgementGiven(BaseModel):
    """link and split: claims `a` and `b`; relabel: `a` and `label`; undo: `undoes`."""

    model_config = ConfigDict(extra="forbid")

    kind: JudgementKind
    who: Annotated[str, Field(min_length=1, max_length=200)]
    a: Annotated[str, Field(min_length=1, max_length=600)] | None = None
    b: Annotated[str, Field(min_length=1, max_length=600)] | None = None
    label: Annotated[str, Field(min_length=1, max_length=300)] | None = None
    undoes: Annotated[int, Field(ge=1, le=1 << 53)] | None = None
    why: Annotated[str, Field(max_length=2000)] | None = None

    @model_validator(mode="after")
    def _complete(self) -> JudgementGiven:
        needed = {"link": ("a", "b"), "split": ("a", "b"), "relabel": ("a", "label"), "undo": ("undoes",)}
        missing = [name for name in needed[self.kind] if getattr(self, name) is None]
        if missing:
            raise ValueError(f"{self.kind} needs {' and '.join(missing)}")
        return self
