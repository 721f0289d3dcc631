"""All template tags of the product in one library; built in, so no template loads it."""

from django import template

from iceshop.infra.templatetags import drawings, words

register = template.Library()
for _part in (words.register, drawings.register):
    register.filters.update(_part.filters)
    register.tags.update(_part.tags)
