"""The recipe of the starter model: from recordings with their texts to a folder Vosk reads."""
