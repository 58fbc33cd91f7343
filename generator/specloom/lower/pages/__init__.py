"""Operations whose answers go on: by which of two witnesses, or of whose word."""
