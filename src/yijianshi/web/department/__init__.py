"""The pages of a department's officers (部门待办): inbox, case, decisions."""
