-- The language that a platform says an account reads: what is for one person alone is told in it.
ALTER TABLE chat_user ADD COLUMN locale text;
