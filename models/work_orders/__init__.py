"""Ordem de Serviço: work to be done at a customer's."""

from models.work_orders.kind import WorkOrderKind
from models.work_orders.work_order import ORDER_STATUSES, WorkOrder, order_errors

__all__ = ["ORDER_STATUSES", "WorkOrder", "WorkOrderKind", "order_errors"]
