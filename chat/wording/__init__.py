"""From what we can tell someone to sentences: the structure is here, the texts are the words'."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from chat.harmless import harmless
from chat.message import Message
from chat.wording import (
    arrangements,
    asking,
    coverage,
    helping,
    leaves,
    looking,
    newcomers,
    refusals,
    roster,
    roster_looking,
    talks,
    undoing,
    visits,
)
from chat.words import Words, words
from domain.notices.views import View

# Each function takes the view of its own notices; which one that is, the domain decides.
WORDING: dict[str, Callable[[Any, Words], Message]] = {
    "VisitRecorded": visits.visit_recorded,
    "VisitShared": visits.visit_shared,
    "VisitTwice": visits.visit_twice,
    "NameInGroup": visits.name_in_group,
    "VisitUndone": undoing.visit_undone,
    "VisitUndoneShared": undoing.visit_undone_shared,
    "UndoTooLate": undoing.undo_too_late,
    "UndoneAlready": undoing.undone_already,
    "NothingToUndo": undoing.nothing_to_undo,
    "UndoBuiltOn": undoing.undo_built_on,
    "VisitTakenBack": undoing.visit_taken_back,
    "TalkRecorded": talks.talk_recorded,
    "TalkShared": talks.talk_shared,
    "TalkTwice": talks.talk_twice,
    "ArrangementMade": arrangements.arrangement_made,
    "VisitArranged": arrangements.visit_arranged,
    "ArrangedToday": arrangements.arranged_today,
    "ArrangementShown": arrangements.arrangement_shown,
    "ArrangementsShown": arrangements.arrangements_shown,
    "ArrangementCalledOff": arrangements.arrangement_called_off,
    "VisitCalledOff": arrangements.visit_called_off,
    "ArrangementClosed": arrangements.arrangement_closed,
    "NotYourLeader": arrangements.not_your_leader,
    "DayPast": arrangements.day_past,
    "FieldsAsked": asking.fields_asked,
    "ChoiceAsked": asking.choice_asked,
    "StudentUnknown": asking.student_unknown,
    "DidYouMean": asking.did_you_mean,
    "Dropped": asking.dropped,
    "ToldPrivately": asking.told_privately,
    "TooMany": refusals.too_many,
    "Pointer": asking.pointer,
    "NotAllowed": refusals.not_allowed,
    "NotYours": refusals.not_yours,
    "NoClassOfYours": refusals.no_class_of_yours,
    "AccountUnknown": refusals.account_unknown,
    "DayInFuture": refusals.day_in_future,
    "DayUnreadable": refusals.day_unreadable,
    "ClassImpossible": refusals.class_impossible,
    "OneAtATime": refusals.one_at_a_time,
    "VisitUnknown": refusals.visit_unknown,
    "NumberUnknown": refusals.number_unknown,
    "NotRecorded": refusals.not_recorded,
    "NotSure": refusals.not_sure,
    "QuotaUsedUp": refusals.quota_used_up,
    "CoverageShown": coverage.coverage_shown,
    "TodoShown": looking.todo_shown,
    "WhoamiShown": looking.whoami_shown,
    "HelpShown": helping.help_shown,
    "RosterShown": looking.roster_shown,
    "SeatChanged": roster.seat_changed,
    "SeatGiven": roster.seat_given,
    "SeatTaken": roster.seat_taken,
    "SeatTold": roster.seat_told,
    "SeatOccupied": roster.seat_occupied,
    "SeatRefused": roster.seat_refused,
    "DaysUnreadable": roster.days_unreadable,
    "DayGone": roster.day_gone,
    "RosterUndone": roster_looking.roster_undone,
    "RosterUndoneTold": roster_looking.roster_undone_told,
    "RosterMovedOn": roster_looking.roster_moved_on,
    "RosterChecked": roster_looking.roster_checked,
    "RosterHistory": roster_looking.roster_history,
    "LeaveNoted": leaves.leave_noted,
    "LeaveTold": leaves.leave_told,
    "DeputyNamed": leaves.deputy_named,
    "LeaveEnded": leaves.leave_ended,
    "LeaveOver": leaves.leave_over,
    "LeaveRefused": leaves.leave_refused,
    "LeaveNotYours": leaves.leave_not_yours,
    "NameAsked": newcomers.name_asked,
    "NewcomerWaits": newcomers.newcomer_waits,
    "NewcomerWelcome": newcomers.newcomer_welcome,
    "NotLetIn": newcomers.not_let_in,
    "NotOurs": newcomers.not_ours,
    "NewcomerAsks": newcomers.newcomer_asks,
    "NewcomerLetIn": newcomers.newcomer_let_in,
    "NewcomerDeclined": newcomers.newcomer_declined,
    "NewcomerSettled": newcomers.newcomer_settled,
    "NewcomerGone": newcomers.newcomer_gone,
    "OnlyBy": newcomers.only_by,
    "AccountBound": newcomers.account_bound,
    "AccountBoundForYou": newcomers.account_bound_for_you,
    "RebindAsked": newcomers.rebind_asked,
    "PlatformUnknown": newcomers.platform_unknown,
    "RoomBound": newcomers.room_bound,
    "RoomShown": newcomers.room_shown,
    "NotInGroup": newcomers.not_in_group,
}


def compose(view: View, language: str) -> Message:
    """The message for this reader; KeyError for a notice or a language that we don't know.

    Whatever platform it is for, nothing that anybody typed is at work in it any more.
    """
    return harmless(WORDING[view.notice](view, words(language)))
