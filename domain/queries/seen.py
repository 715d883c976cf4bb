"""Fills a notice in for its reader: `seen_by`, the one way from what is kept to what is said."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from domain.clock import instants, one_moment
from domain.notices import (
    arrangements,
    asking,
    fixing,
    leaves,
    looking,
    newcomers,
    problems,
    problems_agreeing,
    problems_merging,
    refusals,
    roster,
    roster_looking,
    talks,
    undoing,
    visits,
)
from domain.notices.base import Notice
from domain.notices.views import View
from domain.queries import (
    filling_arrangements,
    filling_asking,
    filling_fixing,
    filling_looking,
    filling_newcomers,
    filling_problems,
    filling_problems_agreeing,
    filling_problems_merging,
    filling_roster,
    filling_talks,
    filling_undoing,
    filling_visits,
)
from domain.queries.people import standing_of
from domain.queries.scope import Eyes
from domain.records import today


async def seen_by(
    notice: Notice, reader: int | None, *, occasion: str, heard: int | None = None
) -> View:
    """The notice as `reader` may see it now; None is a group, where the room is the reader.

    `occasion` is unique for what is said (the outbox key), `heard` the message it answers.
    """
    with one_moment(await instants()):
        day = await today()
        standing = await standing_of(reader, day) if reader is not None else None
        eyes = Eyes(standing, day, occasion, heard)
        view = await _FILLED[type(notice)](notice, eyes)
        await eyes.log_readings()
    return view


_Filler = Callable[[Any, Eyes], Awaitable[View]]

_FILLED: dict[type[Notice], _Filler] = {
    visits.VisitRecorded: filling_visits.visit_recorded,
    visits.VisitShared: filling_visits.visit_shared,
    visits.VisitTwice: filling_visits.visit_twice,
    visits.NameInGroup: filling_visits.name_in_group,
    talks.TalkRecorded: filling_talks.talk_recorded,
    talks.TalkShared: filling_talks.talk_shared,
    talks.TalkTwice: filling_talks.talk_twice,
    talks.TalkFixed: filling_talks.talk_fixed,
    talks.TalkFixedShared: filling_talks.talk_fixed_shared,
    talks.TalkFixAsked: filling_talks.talk_fix_asked,
    talks.TalkFixOffered: filling_talks.talk_fix_offered,
    talks.TalkUnchanged: filling_talks.talk_fix_asked,
    talks.TalkUndone: filling_talks.talk_undone,
    talks.TalkUndoneShared: filling_talks.talk_undone_shared,
    talks.TalkBuiltOn: filling_talks.built_on,
    arrangements.ArrangementRestored: filling_arrangements.called_off,
    arrangements.VisitOnAgain: filling_arrangements.visit_called_off,
    arrangements.ArrangementMade: filling_arrangements.arrangement_made,
    arrangements.ArrangementTwice: filling_arrangements.twice,
    arrangements.LeaderAway: filling_arrangements.told,
    arrangements.VisitArranged: filling_arrangements.told,
    arrangements.ArrangedToday: filling_arrangements.told,
    arrangements.ArrangementCalledOff: filling_arrangements.called_off,
    arrangements.VisitCalledOff: filling_arrangements.visit_called_off,
    arrangements.ArrangementShown: filling_arrangements.told,
    arrangements.ArrangementsShown: filling_arrangements.shown,
    arrangements.ArrangementClosed: filling_arrangements.closed,
    arrangements.ArrangementMoved: filling_arrangements.moved,
    arrangements.VisitMoved: filling_arrangements.visit_moved,
    arrangements.NotYourLeader: filling_arrangements.not_your_leader,
    arrangements.DayPast: filling_asking.day_past,
    fixing.VisitFixed: filling_fixing.visit_fixed,
    fixing.VisitFixedShared: filling_fixing.visit_fixed_shared,
    fixing.VisitVoided: filling_fixing.visit_voided,
    fixing.VisitVoidedShared: filling_fixing.visit_voided_shared,
    fixing.FixAsked: filling_fixing.fix_asked,
    fixing.FixChangesNothing: filling_fixing.refused,
    fixing.WordsStay: filling_fixing.refused,
    fixing.NotInThisVisit: filling_fixing.not_in_this_visit,
    undoing.VisitUndone: filling_undoing.visit_undone,
    undoing.VisitUndoneShared: filling_undoing.visit_undone_shared,
    undoing.UndoTooLate: filling_undoing.deed,
    undoing.UndoImpossible: filling_undoing.impossible,
    undoing.UndoneAlready: filling_undoing.deed,
    undoing.NothingToUndo: filling_undoing.nothing,
    undoing.UndoBuiltOn: filling_undoing.built_on,
    undoing.VisitTakenBack: filling_undoing.visit_taken_back,
    asking.FieldsAsked: filling_asking.fields_asked,
    asking.ChoiceAsked: filling_asking.choice_asked,
    asking.StudentUnknown: filling_asking.student_unknown,
    asking.DidYouMean: filling_asking.did_you_mean,
    asking.Dropped: filling_asking.plain,
    asking.TakenFor: filling_asking.taken_for,
    asking.ToldPrivately: filling_asking.plain,
    asking.TooMany: filling_asking.too_many,
    asking.Pointer: filling_asking.plain,
    refusals.NotAllowed: filling_asking.not_allowed,
    refusals.NotYours: filling_asking.not_yours,
    refusals.NoClassOfYours: filling_asking.no_class_of_yours,
    refusals.AccountUnknown: filling_asking.plain,
    refusals.DayInFuture: filling_asking.day_in_future,
    refusals.DayUnreadable: filling_asking.day_unreadable,
    refusals.ClassImpossible: filling_asking.class_impossible,
    refusals.OneAtATime: filling_asking.plain,
    problems.ProblemUnknown: filling_problems.unknown,
    problems.ProblemElsewhere: filling_problems.elsewhere,
    problems.NotYourMove: filling_problems.not_your_move,
    problems.ProblemMoved: filling_problems.moved,
    problems.ProblemNews: filling_problems.moved,
    problems.ClaimsAwaited: filling_problems.listed,
    problems_agreeing.ApprovalAsked: filling_problems_agreeing.asked,
    problems_agreeing.ApprovalsPending: filling_problems_agreeing.pending,
    problems_agreeing.BureauCategoryAsked: filling_problems_agreeing.bureau_category,
    problems_agreeing.ApprovalWaits: filling_problems_agreeing.waits,
    problems_agreeing.ApprovalOver: filling_problems_agreeing.over,
    problems_agreeing.CannotBeAsked: filling_problems_agreeing.cannot_be_asked,
    problems_agreeing.NothingToDecide: filling_problems_agreeing.nothing,
    problems_agreeing.ExtensionTooLong: filling_problems_agreeing.too_long,
    problems_agreeing.ExtensionTooLate: filling_problems_agreeing.too_late,
    problems_merging.SameProblem: filling_problems_merging.alone,
    problems_merging.NotMerged: filling_problems_merging.alone,
    problems_merging.MergeKeptApart: filling_problems_merging.kept_apart,
    problems_merging.StillHeardWith: filling_problems_merging.still_heard_with,
    refusals.VisitUnknown: filling_asking.visit_unknown,
    refusals.NumberUnknown: filling_asking.number_unknown,
    refusals.RecordOfOthers: filling_asking.record_of_others,
    refusals.NotRecorded: filling_asking.plain,
    refusals.NotSure: filling_asking.plain,
    refusals.QuotaUsedUp: filling_asking.plain,
    looking.CoverageShown: filling_looking.coverage_shown,
    looking.TodoShown: filling_looking.todo_shown,
    looking.WhoamiShown: filling_looking.whoami_shown,
    looking.HelpShown: filling_looking.help_shown,
    looking.RosterShown: filling_looking.roster_shown,
    roster.SeatChanged: filling_roster.seat_changed,
    roster.SeatGiven: filling_roster.seat_changed,
    roster.SeatTaken: filling_roster.seat_changed,
    roster.SeatTold: filling_roster.seat_changed,
    roster.SeatOccupied: filling_roster.seat_occupied,
    roster.SeatRefused: filling_roster.seat_refused,
    roster.DaysUnreadable: filling_roster.days_unreadable,
    roster.DayGone: filling_roster.day_gone,
    roster.RosterUndone: filling_roster.roster_undone,
    roster.RosterUndoneTold: filling_roster.roster_undone,
    roster.RosterMovedOn: filling_roster.roster_undone,
    roster_looking.RosterChecked: filling_roster.roster_checked,
    roster_looking.RosterHistory: filling_roster.roster_history,
    leaves.LeaveNoted: filling_roster.leave_seen,
    leaves.LeaveTold: filling_roster.leave_seen,
    leaves.DeputyNamed: filling_roster.leave_seen,
    leaves.LeaveEnded: filling_roster.leave_seen,
    leaves.LeaveOver: filling_roster.leave_seen,
    leaves.LeaveRefused: filling_roster.leave_refused,
    leaves.LeaveNotYours: filling_roster.leave_refused,
    newcomers.NameAsked: filling_newcomers.name_asked,
    newcomers.NewcomerWaits: filling_newcomers.newcomer_waits,
    newcomers.NewcomerWelcome: filling_newcomers.newcomer_welcome,
    newcomers.NotLetIn: filling_newcomers.not_let_in,
    newcomers.NewcomerAsks: filling_newcomers.newcomer_asks,
    newcomers.NewcomerLetIn: filling_newcomers.newcomer_let_in,
    newcomers.NewcomerDeclined: filling_newcomers.newcomer_declined,
    newcomers.NewcomerSettled: filling_newcomers.newcomer_settled,
    newcomers.NewcomerGone: filling_newcomers.newcomer_gone,
    newcomers.OnlyBy: filling_newcomers.only_by,
    newcomers.AccountBound: filling_newcomers.account_bound,
    newcomers.AccountBoundForYou: filling_newcomers.account_bound_for_you,
    newcomers.RebindAsked: filling_newcomers.rebind_asked,
    newcomers.PlatformUnknown: filling_newcomers.platform_unknown,
    newcomers.RoomBound: filling_newcomers.room_bound,
    newcomers.RoomBoundForYou: filling_newcomers.room_bound,
    newcomers.RoomShown: filling_newcomers.room_shown,
    newcomers.NotInGroup: filling_newcomers.not_in_group,
    newcomers.NotOurs: filling_asking.plain,
}
