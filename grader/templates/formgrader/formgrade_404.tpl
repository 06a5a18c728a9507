{#- nbgrader's file of this name asks for another one that it does not have. -#}
{%- extends 'nbgrader/gradebook_base.tpl' -%}

{%- block body -%}
<p>The graded notebook of submission {{ resources.index + 1 }} was not found: {{ resources.filename }}</p>
{%- endblock -%}
