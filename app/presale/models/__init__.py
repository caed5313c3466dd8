"""Tables of presales, by noun."""

from app.presale.models.campaign import (
    OFF_THE_SHELF,
    SUPPLY,
    BalanceUnpaid,
    Campaign,
    CampaignEvent,
    CampaignSku,
    CampaignState,
    CampaignTask,
    Decision,
    DepositKind,
    PaymentMode,
    ShortagePolicy,
    SupplyMode,
    subject_of,
)
from app.presale.models.joining import (
    CampaignHold,
    Commitment,
    CommitmentState,
    HoldState,
    Participation,
    PersonQuota,
    QuotaSlice,
)
from app.presale.models.production import (
    Compensation,
    CompensationState,
    ProductionMovement,
    ShortageSplit,
    Stage,
)
from app.presale.models.promise import (
    Answer,
    BuyerAnswer,
    BuyerQuestion,
    PromiseVersion,
    QuestionKind,
)
from app.presale.models.reminder import CampaignReminder, ReminderOccasion
from app.presale.models.substitution import Substitution, SubstitutionAnswer
from app.presale.models.waiting import WaitingEntry, WaitingState

__all__ = [
    "OFF_THE_SHELF",
    "SUPPLY",
    "Answer",
    "BalanceUnpaid",
    "BuyerAnswer",
    "BuyerQuestion",
    "Campaign",
    "CampaignEvent",
    "CampaignHold",
    "CampaignReminder",
    "CampaignSku",
    "CampaignState",
    "CampaignTask",
    "Commitment",
    "CommitmentState",
    "Compensation",
    "CompensationState",
    "Decision",
    "DepositKind",
    "HoldState",
    "Participation",
    "PaymentMode",
    "PersonQuota",
    "ProductionMovement",
    "PromiseVersion",
    "QuestionKind",
    "QuotaSlice",
    "ReminderOccasion",
    "ShortagePolicy",
    "ShortageSplit",
    "Stage",
    "Substitution",
    "SubstitutionAnswer",
    "SupplyMode",
    "WaitingEntry",
    "WaitingState",
    "subject_of",
]
