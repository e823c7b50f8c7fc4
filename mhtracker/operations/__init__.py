"""What people do: one function per verb, each one recorded operation."""
