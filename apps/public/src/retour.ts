const HERE = 'https://ici.invalid'

/**
 * Where a person was going, if it is a page of this site; anything else (another site, a way back into the sign-in pages, the API)
 * is nothing. The address is read as browsers read it: `//autre`, `/\autre` and a tab inside lead elsewhere.
 */
export const pathOfOurs = (retour: string | null): string | null => {
  if (retour === null || retour.length > 500 || !/^\/(?![/\\])[^\s\\]*$/.test(retour)) return null
  if (!URL.canParse(retour, HERE)) return null
  const { origin, pathname, search } = new URL(retour, HERE)
  if (origin !== HERE || /^\/(api|connexion|invitation|recuperation)(\/|$)/.test(pathname)) return null
  return pathname + search
}
