"""Speed, memory and load of the running bot, with reports that a stranger can make again."""
