-- Every view begins with its sentence, and every column ends with its own: both go into the data dictionary.

CREATE VIEW overview AS
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

CREATE VIEW missing_signatures AS
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
    s.page AS page, -- Page in the file.
    s.x0 AS x0, -- Left edge of the place, points.
    s.top AS top, -- Upper edge, points.
    s.x1 AS x1, -- Right edge, points.
    s.bottom AS bottom, -- Lower edge, points.
    s.confidence AS confidence, -- How sure the verdict is, 0 to 1.
    s.crop AS crop -- The picture of the place: `pakta findings --crops`.
FROM signatures s
JOIN overview o ON o.agreement_id = s.agreement_id
LEFT JOIN parties p ON p.id = s.party_id
WHERE s.state = 'missing' AND s.required = 1;

CREATE VIEW coverage AS
-- A row per unit, document type and year: what is owed, and what became of it.
SELECT
    coalesce(u.name, o.unit) AS unit, -- The unit.
    o.type AS type, -- Document type.
    o.year AS year, -- For which year.
    sum(o.state <> 'not_due' AND coalesce(o.scope, 1)) AS owed, -- Obligations that are due, of units under audit.
    sum(o.state = 'met' AND coalesce(o.scope, 1)) AS met, -- Met by a complete agreement.
    sum(o.state = 'incomplete' AND coalesce(o.scope, 1)) AS incomplete, -- Met by an agreement that lacks something.
    sum(o.state = 'late' AND coalesce(o.scope, 1)) AS late, -- Met after the due date.
    sum(o.state = 'missing' AND coalesce(o.scope, 1)) AS missing, -- Not met.
    sum(o.state = 'not_due' AND coalesce(o.scope, 1)) AS not_due, -- Not due: new, left, on leave, level not reached yet.
    sum(o.state <> 'not_due' AND NOT coalesce(o.scope, 1)) AS outside -- Due in units that are not under audit.
FROM obligations o
LEFT JOIN units u ON u.id = o.unit_id
GROUP BY 1, 2, 3;

CREATE VIEW promises AS
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

CREATE VIEW electronic_signatures AS
-- A row per electronic signature in a file, with its answers side by side: is it whole, is it trusted, whose is it.
SELECT
    c.id AS certificate_id, -- The electronic signature.
    c.sha256 AS sha256, -- Identity of the content.
    (SELECT f.shown FROM files f WHERE f.sha256 = c.sha256 ORDER BY f.path LIMIT 1) AS file, -- First file that holds it.
    c.field AS field, -- Name of the field it stands in.
    c.page AS page, -- Page on which it is shown; null where it is not shown.
    c.certificate_name AS certificate_name, -- Holder named by the certificate.
    (
        SELECT group_concat(DISTINCT s.name) FROM signatures s WHERE s.certificate_id = c.id
    ) AS name, -- Name printed where it counts as a signature; null where it is of nobody who signs.
    c.issuer AS issuer, -- Who issued the certificate.
    c.covers AS covers, -- How much of the file it covers.
    c.intact AS intact, -- Broken, changed after signing, or valid; null where it cannot be checked.
    c.signed_at AS signed_at, -- Time of signing, ISO.
    c.stamped AS stamped, -- 1 where a time stamp of a trusted authority proves that time.
    c.root AS root, -- The trusted certificate that its chain leads to.
    c.trusted AS trusted_then, -- 1 where the chain held when it was signed, 0 where not, null where nothing is judged.
    CASE
        WHEN c.trusted IS NULL THEN NULL
        ELSE coalesce(date('now') BETWEEN c.chain_from AND c.chain_to, 0)
    END AS trusted_today, -- 1 where the chain still holds on the day of the question.
    c.chain_from AS chain_from, -- From when all certificates of the chain hold.
    c.chain_to AS chain_to, -- Until when they do.
    c.problem AS problem -- Why it cannot be checked, where it cannot.
FROM certificates c;

CREATE VIEW provenance AS
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

CREATE VIEW unread AS
-- A row per file that could not be read, and per page that could not be read of one that could.
SELECT
    f.status AS status, -- failed, held, or loaded where only this page was not read.
    f.reason AS reason, -- Reason code.
    f.shown AS file, -- The path for people.
    NULL AS page, -- Page in the file; null for all of it.
    f.path AS path, -- Percent-encoded bytes of the path.
    f.sha256 AS sha256 -- Identity of the content.
FROM files f
WHERE f.status IN ('failed', 'held')
UNION ALL
SELECT f.status, p.problem, f.shown, p.number, f.path, f.sha256
FROM pages p
JOIN files f ON f.sha256 = p.sha256
WHERE p.problem IS NOT NULL AND f.status = 'loaded';
