"""What a schema means as a whole: null, references, allOf, and what stands around alternatives."""
