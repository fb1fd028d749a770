# The texts of src/plan, in this folder's language.
