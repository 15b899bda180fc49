-- An assessment is read as a whole and never searched in: as text a night of many is written in half the time.
ALTER TABLE "assessment" ALTER COLUMN "body" SET DATA TYPE JSON USING "body"::json;
