{%- extends 'nbgrader/manage_submissions.tpl' -%}

{%- block messages -%}
<p>Grade with <code>talentpool grade {{ assignment_id }}</code> in a terminal: applicants' code runs in a sandbox there,
and never in this server. <b>Generate Feedback</b> writes the pages that <code>talentpool feedback</code> writes.</p>
{%- endblock -%}
