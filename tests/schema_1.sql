-- The schema of version 1, as the first published programs laid it; never to be changed.

PRAGMA application_id = 1346456404;
PRAGMA user_version = 1;

CREATE TABLE "runs" (
   -- A row per run that wrote to this database.
   "id" INTEGER PRIMARY KEY, -- Counts up.
   "command" TEXT, -- What was run.
   "started" TEXT, -- ISO time, UTC.
   "ended" TEXT, -- ISO time, UTC; null while running or after a crash.
   "version" TEXT, -- Version of the program.
   "rules" TEXT, -- Digest of the rules used.
   "counts" TEXT -- The balance of the run, JSON.
) STRICT;

CREATE TABLE "sources" (
   -- A row per distinct content (sha256), however many files hold it.
   "sha256" TEXT PRIMARY KEY NOT NULL, -- SHA-256 of the bytes.
   "media_type" TEXT, -- By content, not by file name.
   "bytes" INTEGER, -- Size.
   "pages" INTEGER, -- Number of pages.
   "reading_key" TEXT, -- Content, rules and version that made the reading.
   "engine" TEXT, -- OCR engine and version, where one was used.
   "problems" TEXT -- Reason codes of pages that could not be read, JSON.
) STRICT;

CREATE TABLE "units" (
   -- Units of the registry.
   "id" TEXT PRIMARY KEY NOT NULL, -- Folded name.
   "name" TEXT, -- As in the registry.
   "parent_id" TEXT -- The unit above.
) STRICT;

CREATE TABLE "decisions" (
   -- What people decided. Append-only.
   "id" INTEGER PRIMARY KEY, -- Counts up.
   "who" TEXT, -- Who decided.
   "when" TEXT, -- ISO time, UTC.
   "why" TEXT, -- Reason given.
   "table" TEXT, -- Table concerned.
   "row" TEXT, -- Id of the row concerned.
   "field" TEXT, -- Column concerned.
   "old" TEXT, -- Value before.
   "new" TEXT -- Value after.
) STRICT;

CREATE TABLE "plans" (
   -- Planned indicators and budgets (RPJMD, Renstra, IKU, DPA).
   "id" INTEGER PRIMARY KEY, -- Counts up.
   "year" INTEGER, -- For which year.
   "unit" TEXT, -- As in the plan.
   "kind" TEXT, -- indicator or budget.
   "objective" TEXT, -- Sasaran.
   "measure" TEXT, -- Indicator, or programme.
   "target" TEXT, -- As planned.
   "unit_of_measure" TEXT, -- Unit of the target.
   "amount" INTEGER, -- Whole rupiah.
   "origin" TEXT -- Document the plan comes from.
) STRICT;

CREATE TABLE "results" (
   -- Measured results per quarter.
   "id" INTEGER PRIMARY KEY, -- Counts up.
   "year" INTEGER, -- Of which year.
   "quarter" INTEGER, -- 1 to 4.
   "unit" TEXT, -- As reported.
   "measure" TEXT, -- Indicator.
   "target" TEXT, -- Target it was measured against.
   "result" TEXT, -- As reported.
   "value" REAL -- As a number.
) STRICT;

CREATE TABLE "files" (
   -- A row per directory entry or archive member, with what became of it.
   "id" INTEGER PRIMARY KEY, -- Counts up.
   "path" TEXT, -- Percent-encoded bytes of the path; a member follows '!/'.
   "shown" TEXT, -- The path for people.
   "kind" TEXT, -- Media type by content, or fifo, link, folder.
   "bytes" INTEGER, -- Size.
   "sha256" TEXT REFERENCES "sources"("sha256") ON DELETE SET NULL, -- Identity of the content.
   "status" TEXT CHECK ("status" IN ('loaded', 'duplicate', 'skipped', 'failed', 'held')), -- What became of it.
   "reason" TEXT, -- Reason code, where it is not loaded.
   "run_id" INTEGER REFERENCES "runs"("id") ON DELETE SET NULL -- The run that set the status.
) STRICT;

CREATE TABLE "pages" (
   -- A row per page of a source.
   "sha256" TEXT REFERENCES "sources"("sha256") ON DELETE CASCADE, -- Identity of the content.
   "number" INTEGER, -- From 1.
   "width" REAL, -- Points, as displayed.
   "height" REAL, -- Points, as displayed.
   "rotation" INTEGER, -- /Rotate of the file, degrees.
   "turned" INTEGER, -- Turn found by reading, degrees.
   "dpi" INTEGER, -- Resolution of the scan; null for text pages.
   "origin" TEXT CHECK ("origin" IN ('text', 'ocr', 'hidden')), -- Where its words come from.
   "quality" REAL, -- Mean confidence of the words, 0 to 1.
   "blank" INTEGER, -- 1 for a page with nothing on it.
   "problem" TEXT, -- Reason code, where the page could not be read.
   "text" TEXT -- Its words in reading order.
) STRICT;

CREATE TABLE "agreements" (
   -- A row per agreement: a range of pages of one source.
   "id" TEXT PRIMARY KEY NOT NULL, -- First 16 digits of sha256 and a counter.
   "sha256" TEXT REFERENCES "sources"("sha256") ON DELETE CASCADE, -- Identity of the content.
   "type" TEXT, -- Document type: the name of a file in rules/types.
   "first_page" INTEGER, -- First page in the source, from 1.
   "last_page" INTEGER, -- Last page in the source.
   "number" TEXT, -- Number of the document, as printed.
   "year" INTEGER, -- Year the agreement is for.
   "signed_on" TEXT, -- Date of signing, ISO; null where day, month or year is not filled in.
   "place" TEXT, -- Place of signing.
   "unit" TEXT, -- Unit (perangkat daerah), as printed.
   "revision" INTEGER, -- 1 for a revised agreement (perubahan).
   "level" TEXT, -- Level of the promiser: kepala_daerah, II, III, IV, staf.
   "budget_total" INTEGER, -- Printed sum of the budget, whole rupiah.
   "confidence" REAL, -- How sure the type is, 0 to 1.
   "unit_id" TEXT REFERENCES "units"("id") ON DELETE SET NULL -- The unit in the registry.
) STRICT;

CREATE TABLE "offices" (
   -- Positions in units.
   "id" TEXT PRIMARY KEY NOT NULL, -- Unit and position, folded.
   "position" TEXT, -- As in the registry.
   "unit_id" TEXT REFERENCES "units"("id") ON DELETE SET NULL, -- The unit.
   "level" TEXT, -- kepala_daerah, II, III, IV, staf.
   "head" INTEGER -- 1 for the head of the unit.
) STRICT;

CREATE TABLE "staff" (
   -- People of the registry. Personal data.
   "id" TEXT PRIMARY KEY NOT NULL, -- NIP, or folded name and position.
   "nip" TEXT, -- 18 digits as text; null for elected heads and others without.
   "name" TEXT, -- Given name without titles.
   "front_titles" TEXT, -- Before the name.
   "back_titles" TEXT, -- After the name.
   "position" TEXT, -- As in the registry.
   "unit" TEXT, -- As in the registry.
   "unit_id" TEXT REFERENCES "units"("id") ON DELETE SET NULL, -- The unit.
   "rank" TEXT, -- As in the registry.
   "kind" TEXT, -- PNS, CPNS, PPPK, BUMD, elected, non-asn.
   "status" TEXT, -- As in the registry.
   "head" INTEGER, -- 1 for the head of a unit.
   "superior" TEXT, -- Id of the superior, where the registry says so.
   "valid_from" TEXT, -- ISO date.
   "valid_to" TEXT -- ISO date.
) STRICT;

CREATE TABLE "parties" (
   -- A row per person named by an agreement.
   "id" TEXT PRIMARY KEY NOT NULL, -- Agreement and counter.
   "agreement_id" TEXT REFERENCES "agreements"("id") ON DELETE CASCADE, -- The agreement it belongs to.
   "role" TEXT CHECK ("role" IN ('pihak_pertama', 'pihak_kedua', 'mengetahui', 'pembuat', 'saksi', 'penandatangan')), -- The part played in the agreement.
   "name" TEXT, -- Name with titles, as printed.
   "position" TEXT, -- Position, as printed.
   "nip" TEXT, -- Employee number, digits only. Personal data: masked in exports.
   "rank" TEXT, -- Rank and grade, as printed.
   "unit" TEXT -- Unit printed with the person.
) STRICT;

CREATE TABLE "budgets" (
   -- A row per programme, activity or sub-activity.
   "id" TEXT PRIMARY KEY NOT NULL, -- Agreement and counter.
   "agreement_id" TEXT REFERENCES "agreements"("id") ON DELETE CASCADE, -- The agreement it belongs to.
   "number" TEXT, -- Row number, as printed.
   "level" TEXT CHECK ("level" IN ('program', 'kegiatan', 'sub_kegiatan')), -- Rung of the budget.
   "code" TEXT, -- Budget code, as printed.
   "program" TEXT, -- Name of the programme, activity or sub-activity.
   "amount" INTEGER, -- Whole rupiah.
   "note" TEXT, -- Source of funds or other remark.
   "page" INTEGER -- Page on which the row begins.
) STRICT;

CREATE TABLE "pledges" (
   -- A row per numbered pledge.
   "id" TEXT PRIMARY KEY NOT NULL, -- Agreement and counter.
   "agreement_id" TEXT REFERENCES "agreements"("id") ON DELETE CASCADE, -- The agreement it belongs to.
   "number" INTEGER, -- Its number, as printed.
   "text" TEXT, -- Its words.
   "theme" TEXT -- Which of the themes of the rule it speaks of.
) STRICT;

CREATE TABLE "facts" (
   -- A row per value looked for: what is printed, what it means, where, how sure, by which rule.
   "id" INTEGER PRIMARY KEY, -- Counts up.
   "agreement_id" TEXT REFERENCES "agreements"("id") ON DELETE CASCADE, -- The agreement it belongs to.
   "record" TEXT, -- Table of the record it belongs to.
   "record_id" TEXT, -- Id in that table.
   "field" TEXT, -- Column, or the name of a further field of the rule.
   "text" TEXT, -- As printed; null where it was looked for and not found.
   "data" TEXT, -- What it means; null where nothing can be made of it.
   "rule" TEXT, -- The rule that read it.
   "required" INTEGER, -- 1 where the rule demands it.
   "page" INTEGER, -- Page in the source, from 1.
   "x0" REAL, -- Left edge, points.
   "top" REAL, -- Upper edge, points.
   "x1" REAL, -- Right edge, points.
   "bottom" REAL, -- Lower edge, points.
   "origin" TEXT CHECK ("origin" IN ('text', 'ocr', 'hidden')), -- Where the words come from.
   "confidence" REAL -- 0 to 1.
) STRICT;

CREATE TABLE "obligations" (
   -- Who owes which document for which year.
   "id" TEXT PRIMARY KEY NOT NULL, -- Person or position, type and year.
   "staff_id" TEXT REFERENCES "staff"("id") ON DELETE SET NULL, -- The person in the registry.
   "position" TEXT, -- The position that owes it.
   "unit" TEXT, -- Its unit.
   "type" TEXT, -- Document type.
   "year" INTEGER, -- For which year.
   "due_on" TEXT, -- ISO date; null where it cannot be told.
   "agreement_id" TEXT REFERENCES "agreements"("id") ON DELETE SET NULL, -- The agreement that meets it; null: not met.
   "state" TEXT -- met, incomplete, late, missing, not_due.
) STRICT;

CREATE TABLE "indicators" (
   -- A row per indicator and target.
   "id" TEXT PRIMARY KEY NOT NULL, -- Agreement and counter.
   "agreement_id" TEXT REFERENCES "agreements"("id") ON DELETE CASCADE, -- The agreement it belongs to.
   "party_id" TEXT REFERENCES "parties"("id") ON DELETE SET NULL, -- Who owes it.
   "number" TEXT, -- Row number, as printed.
   "objective" TEXT, -- Sasaran; carried down over merged cells.
   "measure" TEXT, -- The indicator itself.
   "target" TEXT, -- Target, as printed.
   "value" REAL, -- Target as a number, where it is one.
   "unit" TEXT, -- Unit of the target, from its own column or from the target.
   "direction" TEXT, -- How the target binds: >=, <=, >, <, =, range.
   "q1" TEXT, -- Target of the first quarter, as printed.
   "q2" TEXT, -- Target of the second quarter, as printed.
   "q3" TEXT, -- Target of the third quarter, as printed.
   "q4" TEXT, -- Target of the fourth quarter, as printed.
   "owner" TEXT, -- Responsible official (penanggung jawab), as printed.
   "page" INTEGER -- Page on which the row begins.
) STRICT;

CREATE TABLE "signatures" (
   -- A row per place where somebody has to sign.
   "id" TEXT PRIMARY KEY NOT NULL, -- Agreement and counter.
   "agreement_id" TEXT REFERENCES "agreements"("id") ON DELETE CASCADE, -- The agreement it belongs to.
   "party_id" TEXT REFERENCES "parties"("id") ON DELETE SET NULL, -- The party concerned.
   "role" TEXT CHECK ("role" IN ('pihak_pertama', 'pihak_kedua', 'mengetahui', 'pembuat', 'saksi', 'penandatangan')), -- The part played by the signer.
   "name" TEXT, -- Name printed in the block.
   "page" INTEGER, -- Page of the slot.
   "x0" REAL, -- Left edge of the slot, points.
   "top" REAL, -- Upper edge of the slot, points.
   "x1" REAL, -- Right edge of the slot, points.
   "bottom" REAL, -- Lower edge of the slot, points.
   "state" TEXT CHECK ("state" IN ('signed', 'missing', 'unclear')), -- The verdict.
   "method" TEXT CHECK ("method" IN ('ink', 'certificate', 'qr', 'picture', 'stamp', 'none')), -- What was seen in the slot.
   "intact" TEXT CHECK ("intact" IN ('valid', 'broken', 'changed')), -- Certificates only.
   "trusted" INTEGER, -- Certificates only: 1 trusted, 0 not, null not judged.
   "certificate_name" TEXT, -- Holder named by the certificate.
   "signed_at" TEXT, -- Time of the electronic signature, ISO.
   "confidence" REAL, -- How sure the verdict is, 0 to 1.
   "part" TEXT CHECK ("part" IN ('statement', 'annex')), -- Which part is signed.
   "stamp" INTEGER, -- 1 where an office stamp was seen in the slot.
   "initials" INTEGER, -- 1 where only initials (paraf) were seen beside the slot.
   "meterai" INTEGER, -- 1 where a duty stamp was seen in the slot.
   "required" INTEGER, -- 1 where the document type demands this signature.
   "evidence" TEXT -- What was measured, JSON.
) STRICT;

CREATE TABLE "matches" (
   -- Which person of the registry a party is.
   "party_id" TEXT REFERENCES "parties"("id") ON DELETE CASCADE, -- The party concerned.
   "staff_id" TEXT REFERENCES "staff"("id") ON DELETE CASCADE, -- The person in the registry.
   "score" REAL, -- 0 to 1.
   "verdict" TEXT CHECK ("verdict" IN ('match', 'possible', 'none')), -- How sure.
   "reasons" TEXT -- Why, in words.
) STRICT;

CREATE TABLE "findings" (
   -- What a check holds against an agreement or a person.
   "id" TEXT PRIMARY KEY NOT NULL, -- Made of the check and the place.
   "check_id" TEXT, -- Name of a file in rules/checks.
   "severity" TEXT CHECK ("severity" IN ('error', 'warning', 'info')), -- How grave.
   "agreement_id" TEXT REFERENCES "agreements"("id") ON DELETE SET NULL, -- The agreement it belongs to.
   "party_id" TEXT REFERENCES "parties"("id") ON DELETE SET NULL, -- The party concerned.
   "staff_id" TEXT REFERENCES "staff"("id") ON DELETE SET NULL, -- The person in the registry.
   "message" TEXT, -- Sentence for people, Indonesian.
   "message_en" TEXT, -- The same in English.
   "page" INTEGER, -- Page in the source, from 1.
   "x0" REAL, -- Left edge, points.
   "top" REAL, -- Upper edge, points.
   "x1" REAL, -- Right edge, points.
   "bottom" REAL, -- Lower edge, points.
   "state" TEXT CHECK ("state" IN ('open', 'waived', 'resolved')), -- Open until waived by a person or no longer found.
   "first_run" INTEGER REFERENCES "runs"("id") ON DELETE SET NULL, -- First seen.
   "last_run" INTEGER REFERENCES "runs"("id") ON DELETE SET NULL -- Last seen.
) STRICT;

CREATE TABLE "doubts" (
   -- Checks that cannot tell: a task for a person, never an accusation.
   "id" TEXT PRIMARY KEY NOT NULL, -- Made of the check and the place.
   "check_id" TEXT, -- Name of a file in rules/checks.
   "severity" TEXT CHECK ("severity" IN ('error', 'warning', 'info')), -- How grave.
   "agreement_id" TEXT REFERENCES "agreements"("id") ON DELETE CASCADE, -- The agreement it belongs to.
   "party_id" TEXT REFERENCES "parties"("id") ON DELETE CASCADE, -- The party concerned.
   "staff_id" TEXT REFERENCES "staff"("id") ON DELETE SET NULL, -- The person in the registry.
   "message" TEXT, -- Sentence for people, Indonesian.
   "message_en" TEXT, -- The same in English.
   "page" INTEGER, -- Page in the source, from 1.
   "x0" REAL, -- Left edge, points.
   "top" REAL, -- Upper edge, points.
   "x1" REAL, -- Right edge, points.
   "bottom" REAL -- Lower edge, points.
) STRICT;

CREATE UNIQUE INDEX "idx_files_path"
    ON "files" ("path");

CREATE UNIQUE INDEX "idx_pages_sha256_number"
    ON "pages" ("sha256", "number");

CREATE INDEX "idx_files_sha256"
    ON "files" ("sha256");

CREATE INDEX "idx_files_run_id"
    ON "files" ("run_id");

CREATE INDEX "idx_agreements_sha256"
    ON "agreements" ("sha256");

CREATE INDEX "idx_agreements_unit_id"
    ON "agreements" ("unit_id");

CREATE INDEX "idx_parties_agreement_id"
    ON "parties" ("agreement_id");

CREATE INDEX "idx_indicators_agreement_id"
    ON "indicators" ("agreement_id");

CREATE INDEX "idx_indicators_party_id"
    ON "indicators" ("party_id");

CREATE INDEX "idx_budgets_agreement_id"
    ON "budgets" ("agreement_id");

CREATE INDEX "idx_pledges_agreement_id"
    ON "pledges" ("agreement_id");

CREATE INDEX "idx_signatures_agreement_id"
    ON "signatures" ("agreement_id");

CREATE INDEX "idx_signatures_party_id"
    ON "signatures" ("party_id");

CREATE INDEX "idx_facts_agreement_id"
    ON "facts" ("agreement_id");

CREATE INDEX "idx_offices_unit_id"
    ON "offices" ("unit_id");

CREATE INDEX "idx_staff_unit_id"
    ON "staff" ("unit_id");

CREATE INDEX "idx_matches_party_id"
    ON "matches" ("party_id");

CREATE INDEX "idx_matches_staff_id"
    ON "matches" ("staff_id");

CREATE INDEX "idx_obligations_staff_id"
    ON "obligations" ("staff_id");

CREATE INDEX "idx_obligations_agreement_id"
    ON "obligations" ("agreement_id");

CREATE INDEX "idx_findings_agreement_id"
    ON "findings" ("agreement_id");

CREATE INDEX "idx_findings_party_id"
    ON "findings" ("party_id");

CREATE INDEX "idx_findings_staff_id"
    ON "findings" ("staff_id");

CREATE INDEX "idx_findings_first_run"
    ON "findings" ("first_run");

CREATE INDEX "idx_findings_last_run"
    ON "findings" ("last_run");

CREATE INDEX "idx_doubts_agreement_id"
    ON "doubts" ("agreement_id");

CREATE INDEX "idx_doubts_party_id"
    ON "doubts" ("party_id");

CREATE INDEX "idx_doubts_staff_id"
    ON "doubts" ("staff_id");

CREATE INDEX "idx_parties_nip"
    ON "parties" ("nip");

CREATE INDEX "idx_staff_nip"
    ON "staff" ("nip");

CREATE INDEX "idx_agreements_type_year"
    ON "agreements" ("type", "year");

CREATE INDEX "idx_findings_check_id"
    ON "findings" ("check_id");

CREATE INDEX "idx_facts_record_record_id"
    ON "facts" ("record", "record_id");

CREATE INDEX "idx_results_year_measure"
    ON "results" ("year", "measure");

CREATE VIRTUAL TABLE "pages_fts" USING FTS5 (
    "text",
    tokenize='unicode61 remove_diacritics 2',
    content="pages"
);

CREATE TRIGGER "pages_ai" AFTER INSERT ON "pages" BEGIN
  INSERT INTO "pages_fts" (rowid, "text") VALUES (new.rowid, new."text");
END;

CREATE TRIGGER "pages_ad" AFTER DELETE ON "pages" BEGIN
  INSERT INTO "pages_fts" ("pages_fts", rowid, "text") VALUES('delete', old.rowid, old."text");
END;

CREATE TRIGGER "pages_au" AFTER UPDATE ON "pages" BEGIN
  INSERT INTO "pages_fts" ("pages_fts", rowid, "text") VALUES('delete', old.rowid, old."text");
  INSERT INTO "pages_fts" (rowid, "text") VALUES (new.rowid, new."text");
END;

CREATE VIRTUAL TABLE "parties_fts" USING FTS5 (
    "name",
    tokenize='unicode61 remove_diacritics 2',
    content="parties"
);

CREATE TRIGGER "parties_ai" AFTER INSERT ON "parties" BEGIN
  INSERT INTO "parties_fts" (rowid, "name") VALUES (new.rowid, new."name");
END;

CREATE TRIGGER "parties_ad" AFTER DELETE ON "parties" BEGIN
  INSERT INTO "parties_fts" ("parties_fts", rowid, "name") VALUES('delete', old.rowid, old."name");
END;

CREATE TRIGGER "parties_au" AFTER UPDATE ON "parties" BEGIN
  INSERT INTO "parties_fts" ("parties_fts", rowid, "name") VALUES('delete', old.rowid, old."name");
  INSERT INTO "parties_fts" (rowid, "name") VALUES (new.rowid, new."name");
END;

CREATE VIEW "overview" AS 
-- A row per agreement: what it is, what it holds, and whether it is complete.
SELECT
    a.id AS agreement_id, -- The agreement.
    a.type AS type, -- Document type.
    coalesce(u.name, a.unit, (
        SELECT p.unit FROM parties p WHERE p.agreement_id = a.id AND p.unit IS NOT NULL ORDER BY p.rowid LIMIT 1
    )) AS unit, -- Unit of the registry, else as printed.
    a.year AS year, -- Year the agreement is for.
    a.number AS number, -- Number of the document, as printed.
    a.signed_on AS signed_on, -- Date of signing, ISO.
    a.revision AS revision, -- 1 for a revised agreement (perubahan).
    (
        SELECT group_concat(name, '; ') FROM (
            SELECT p.name AS name FROM parties p WHERE p.agreement_id = a.id AND p.name IS NOT NULL ORDER BY p.rowid
        )
    ) AS people, -- Names as printed, in the order of the parties.
    (SELECT count(*) FROM parties p WHERE p.agreement_id = a.id) AS parties, -- Number of parties.
    (SELECT count(*) FROM indicators i WHERE i.agreement_id = a.id) AS indicators, -- Number of indicators.
    (SELECT count(*) FROM budgets b WHERE b.agreement_id = a.id) AS budgets, -- Number of budget rows.
    a.budget_total AS budget_total, -- Printed sum of the budget, whole rupiah.
    (SELECT count(*) FROM pledges k WHERE k.agreement_id = a.id) AS pledges, -- Number of pledges.
    (
        SELECT count(*) FROM signatures s WHERE s.agreement_id = a.id AND s.required = 1
    ) AS signatures, -- Number of signatures that the document type demands.
    (
        SELECT count(*) FROM signatures s WHERE s.agreement_id = a.id AND s.required = 1 AND s.state = 'signed'
    ) AS signed, -- Of these, how many are there.
    (
        SELECT count(*) FROM signatures s WHERE s.agreement_id = a.id AND s.required = 1 AND s.state = 'missing'
    ) AS missing, -- Of these, how many are not.
    (
        SELECT count(*) FROM findings f WHERE f.agreement_id = a.id AND f.state = 'open' AND f.severity = 'error'
    ) AS errors, -- Open findings of severity error.
    (
        SELECT count(*) FROM findings f WHERE f.agreement_id = a.id AND f.state = 'open' AND f.severity = 'warning'
    ) AS warnings, -- Open findings of severity warning.
    (SELECT count(*) FROM doubts d WHERE d.agreement_id = a.id) AS doubts, -- Checks that cannot tell.
    CASE
        WHEN a.type = 'other' THEN NULL
        WHEN EXISTS (
            SELECT 1 FROM findings f WHERE f.agreement_id = a.id AND f.state = 'open' AND f.severity = 'error'
        ) THEN 0
        WHEN EXISTS (SELECT 1 FROM doubts d WHERE d.agreement_id = a.id AND d.severity = 'error') THEN NULL
        ELSE 1
    END AS complete, -- 0 with an open error, null where a check for errors cannot tell or it is no agreement, else 1.
    (SELECT f.shown FROM files f WHERE f.sha256 = a.sha256 ORDER BY f.path LIMIT 1) AS file, -- First file that holds it.
    a.first_page AS first_page, -- First page in the file.
    a.last_page AS last_page -- Last page in the file.
FROM agreements a
LEFT JOIN units u ON u.id = a.unit_id;

CREATE VIEW "missing_signatures" AS 
-- A row per signature that is demanded and missing: who has not signed, and where.
SELECT
    s.id AS signature_id, -- The place where somebody has to sign.
    s.agreement_id AS agreement_id, -- The agreement.
    o.type AS type, -- Document type.
    o.unit AS unit, -- Unit of the registry, else as printed.
    o.year AS year, -- Year the agreement is for.
    s.role AS role, -- The part played by the signer.
    coalesce(s.name, p.name) AS name, -- Name printed in the block, else of the party.
    p.position AS position, -- Position, as printed.
    s.part AS part, -- Which part is to be signed: statement or annex.
    s.method AS method, -- What stands there instead: stamp, none and so on.
    o.file AS file, -- First file that holds it.
    s.page AS page -- Page in the file.
FROM signatures s
JOIN overview o ON o.agreement_id = s.agreement_id
LEFT JOIN parties p ON p.id = s.party_id
WHERE s.state = 'missing' AND s.required = 1;

CREATE VIEW "coverage" AS 
-- A row per unit, document type and year: what is owed, and what became of it.
SELECT
    unit AS unit, -- The unit.
    type AS type, -- Document type.
    year AS year, -- For which year.
    sum(state <> 'not_due') AS owed, -- Obligations that are due.
    sum(state = 'met') AS met, -- Met by a complete agreement.
    sum(state = 'incomplete') AS incomplete, -- Met by an agreement with open errors.
    sum(state = 'late') AS late, -- Met after the due date.
    sum(state = 'missing') AS missing, -- Not met.
    sum(state = 'not_due') AS not_due -- Not due yet.
FROM obligations
GROUP BY unit, type, year;

CREATE VIEW "promises" AS 
-- A row per indicator and target: who owes it, and the last result reported for it.
SELECT
    i.id AS indicator_id, -- The indicator.
    i.agreement_id AS agreement_id, -- The agreement.
    o.unit AS unit, -- Unit of the registry, else as printed.
    o.year AS year, -- Year the agreement is for.
    o.revision AS revision, -- 1 where a revised agreement (perubahan) promises it.
    i.objective AS objective, -- Sasaran.
    i.measure AS measure, -- The indicator itself.
    coalesce(i.owner, p.name) AS owner, -- Responsible official as printed, else the party that owes it.
    i.target AS target, -- Target, as printed.
    i.value AS target_value, -- Target as a number, where it is one.
    i.unit AS unit_of_measure, -- Unit of the target.
    i.direction AS direction, -- How the target binds.
    r.quarter AS quarter, -- Quarter of the last result.
    r.result AS result, -- Last result of the same measure, year and unit, as reported.
    r.value AS result_value, -- That result as a number.
    CASE
        WHEN r.value IS NULL OR i.value IS NULL OR i.direction = 'range' THEN NULL
        WHEN r.quarter < 4 AND i.direction IN ('<', '<=', '=') THEN 'open'
        WHEN CASE i.direction
            WHEN '<' THEN r.value < i.value
            WHEN '<=' THEN r.value <= i.value
            WHEN '=' THEN r.value = i.value
            WHEN '>' THEN r.value > i.value
            ELSE r.value >= i.value
        END THEN 'kept'
        WHEN r.quarter < 4 THEN 'open'
        ELSE 'late'
    END AS state, -- kept, late (not reached at the end of the year), open (the year runs); null where it cannot be told.
    o.file AS file, -- First file that holds it.
    i.page AS page -- Page on which the row begins.
FROM indicators i
JOIN overview o ON o.agreement_id = i.agreement_id
LEFT JOIN parties p ON p.id = i.party_id
LEFT JOIN results r ON r.id = (
    SELECT q.id FROM results q
    WHERE q.year = o.year AND q.measure = i.measure COLLATE NOCASE AND (q.unit IS NULL OR q.unit = o.unit COLLATE NOCASE)
    ORDER BY q.quarter DESC, q.id DESC LIMIT 1
);

CREATE VIEW "provenance" AS 
-- A row per fact, with the file and the place on the page where it stands.
SELECT
    f.id AS fact_id, -- The fact.
    f.agreement_id AS agreement_id, -- The agreement.
    f.record AS record, -- Table of the record it belongs to.
    f.record_id AS record_id, -- Id in that table.
    f.field AS field, -- Column, or the name of a further field of the rule.
    f.text AS text, -- As printed; null where it was looked for and not found.
    f.data AS data, -- What it means; null where nothing can be made of it.
    f.rule AS rule, -- The rule that read it.
    f.required AS required, -- 1 where the rule demands it.
    f.origin AS origin, -- Where the words come from: text, ocr, hidden.
    f.confidence AS confidence, -- 0 to 1.
    a.sha256 AS sha256, -- Identity of the content.
    (SELECT s.shown FROM files s WHERE s.sha256 = a.sha256 ORDER BY s.path LIMIT 1) AS file, -- First file that holds it.
    f.page AS page, -- Page in the file, from 1.
    f.x0 AS x0, -- Left edge, points.
    f.top AS top, -- Upper edge, points.
    f.x1 AS x1, -- Right edge, points.
    f.bottom AS bottom -- Lower edge, points.
FROM facts f
JOIN agreements a ON a.id = f.agreement_id;
