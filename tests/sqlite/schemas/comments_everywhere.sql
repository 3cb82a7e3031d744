/* head */ CREATE TABLE /* a */ notes -- b
( -- c
  id INTEGER /* d */ PRIMARY /* e */ KEY, -- f: CHECK (never)
  text TEXT /* DEFAULT 'no' */ DEFAULT /* g */ 'yes' -- h
  , n INT CHECK /* i */ ( /* j */ n > 0 -- k )
  ) /* , z INT */
) /* WITHOUT ROWID */ ;
