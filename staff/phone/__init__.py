"""The technician's phone: his day, his week, one visit with its steps and its end; made to go on without network."""

from staff.field.menu import FIELD
from staff.phone import accounts, closings, days, offline, photos, searches, steps, visits, weeks
from web.navigation import lights

phone = (
    offline.offline,
    *lights(
        FIELD,
        days.visit_days,
        weeks.visit_weeks,
        searches.visit_searches,
        accounts.phone_accounts,
        visits.visits,
        steps.visit_steps,
        closings.visit_closings,
        photos.visit_photos,
        offline.sendings,
    ),
)
