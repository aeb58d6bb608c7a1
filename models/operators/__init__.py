"""The provider's people and companies: who may enter, and what each may do."""

from models.operators.company import ENTRIES, Company, company_of
from models.operators.department import Department
from models.operators.idem_key import IdemKey
from models.operators.login_session import LoginSession, Principal
from models.operators.operator import Operator, OperatorCompany
from models.operators.permissions import PERMISSIONS
from models.operators.role import Role
from models.operators.throttle import Throttle, within

__all__ = [
    "ENTRIES",
    "PERMISSIONS",
    "Company",
    "Department",
    "IdemKey",
    "LoginSession",
    "Operator",
    "OperatorCompany",
    "Principal",
    "Role",
    "Throttle",
    "company_of",
    "within",
]
