/**
 * A text as searches compare it: without accents, lower case, anything but letters and digits made one space. The SQL function
 * `recherche_de` does the same; a test holds them equal. `L’Haÿ-les-Roses` → `l hay les roses`.
 */
export const rechercheDe = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[œŒ]/g, 'oe')
    .replace(/[æÆ]/g, 'ae')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
