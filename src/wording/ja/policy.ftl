# The texts of src/policy, in this folder's language.
