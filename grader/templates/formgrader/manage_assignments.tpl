{%- extends 'nbgrader/manage_assignments.tpl' -%}

{%- block messages -%}
<p>Click on a number of submissions to see them one by one, or on <b>Manual Grading</b> to score and comment. Grade with
<code>talentpool grade</code> in a terminal. This server opens no notebooks: files are edited in JupyterLab.</p>
{% if exchange_missing or not course_id %}
<p class="text-muted">Release and collect need an exchange (<code>{{ exchange }}</code>) that can be written and a
<code>course_id</code>.</p>
{% endif %}
{%- endblock -%}
