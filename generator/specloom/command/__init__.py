"""What each command does. What is needed when nothing has changed imports nothing that is heavy."""
