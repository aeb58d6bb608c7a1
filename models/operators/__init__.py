"""The provider's people and companies: who may enter, and what each may do."""

from models.operators.company import ENTRIES, Company, company_of, today_of, zone_of
from models.operators.department import DUTIES, Department
from models.operators.idem_key import IdemKey
from models.operators.login_session import LoginSession, Principal
from models.operators.operator import Operator, OperatorCompany, own_department
from models.operators.permissions import PERMISSIONS
from models.operators.recovery_code import RecoveryCode
from models.operators.role import Role, roles_with
from models.operators.saved_view import SavedView
from models.operators.second_factor import SecondFactor
from models.operators.throttle import Throttle, within

__all__ = [
    "DUTIES",
    "ENTRIES",
    "PERMISSIONS",
    "Company",
    "Department",
    "IdemKey",
    "LoginSession",
    "Operator",
    "OperatorCompany",
    "Principal",
    "RecoveryCode",
    "Role",
    "SavedView",
    "SecondFactor",
    "Throttle",
    "company_of",
    "own_department",
    "roles_with",
    "today_of",
    "within",
    "zone_of",
]
