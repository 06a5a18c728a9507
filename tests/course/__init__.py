"""Plain nbgrader courses graded by this kit, compared with nbgrader itself."""
