/** What a mail says, before its two forms: paragraphs, what they list, one thing to do, why the person receives it. */
export type Contenu = {
  objet: string
  phrases: readonly string[]
  liste?: readonly string[]
  /** A code to type, shown in large. */
  code?: string
  action?: { libelle: string; lien: string }
  pourquoi: string
}
/** A mail in its two forms; the text says everything. */
export type Rendu = { objet: string; texte: string; html: string }

/** Longest subject that a phone shows (ux.md section 4.1). */
export const OBJET_MAX = 60
const NBSP = '\u00a0'

/** A text that somebody typed, put in a sentence: one line, no invisible character, nothing that a mail reader turns into a link. */
export const dit = (text: string | null | undefined, max = 120): string =>
  [
    ...(text ?? '')
      .replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]+/gu, ' ')
      .replace(/\b(?:https?|ftp|mailto|javascript|data):\/*|\bwww\./gi, '')
      .replace(/ +/g, ' ')
      .trim(),
  ]
    .slice(0, max)
    .join('')

/** A subject of 60 characters at most: what varies is cut, what says the matter stays. */
export const sujet = (avant: string, variable = '', apres = ''): string => {
  const left = OBJET_MAX - avant.length - apres.length
  return `${avant}${variable.length > left ? `${variable.slice(0, left - 1).trimEnd()}…` : variable}${apres}`
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const esc = (text: string): string => text.replace(/[&<>"']/g, (char) => ESCAPES[char]!)

const P = 'margin:0 0 16px'
const paragraph = (text: string) => `<p style="${P}">${esc(text)}</p>`
const BUTTON = 'display:inline-block;padding:12px 20px;background:#0c5566;color:#ffffff;text-decoration:none;border-radius:4px'
const CODE = 'margin:0 0 16px;font-size:28px;font-weight:bold;letter-spacing:4px'

const bodyOf = ({ phrases, liste, code, action }: Contenu): string =>
  [
    ...phrases.map(paragraph),
    code ? `<p style="${CODE}">${esc(code)}</p>` : '',
    liste?.length ? `<ul style="${P}">${liste.map((line) => `<li>${esc(line)}</li>`).join('')}</ul>` : '',
    action ? `<p style="${P}"><a href="${esc(action.lien)}" style="${BUTTON}">${esc(action.libelle)}</a></p>` : '',
  ]
    .filter(Boolean)
    .join('\n')

const htmlOf = (contenu: Contenu, salutation: string, signature: string): string => `<!doctype html>
<html lang="fr">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${esc(contenu.objet)}</title></head>
<body style="margin:0;padding:24px;font-family:Arial,sans-serif;font-size:16px;line-height:1.5;color:#17252b;background:#ffffff">
<div style="max-width:600px;margin:0 auto">
${paragraph(salutation)}
${bodyOf(contenu)}
${paragraph(signature)}
<p style="margin:24px 0 0;padding-top:16px;border-top:1px solid #dedacf;font-size:14px;color:#4c5b62">${esc(contenu.pourquoi)}</p>
</div>
</body>
</html>`

const textOf = ({ phrases, liste, code, action, pourquoi }: Contenu, salutation: string, signature: string): string =>
  [
    salutation,
    ...phrases,
    ...(code ? [code] : []),
    ...(liste?.length ? [liste.map((line) => `- ${line}`).join('\n')] : []),
    ...(action ? [`${action.libelle}${NBSP}:\n${action.lien}`] : []),
    signature,
    `-- \n${pourquoi}`,
  ].join('\n\n')

/** « Pass numérique – Ville d’Exemple », or the service alone. */
export const expediteurOf = (organisation: string | null): string =>
  organisation ? `Pass numérique – ${dit(organisation, 80)}` : 'Pass numérique'

/** The two forms of a mail, for a person named or not. */
export const render = (contenu: Contenu, { prenom, organisation }: { prenom: string | null; organisation: string | null }): Rendu => {
  const salutation = prenom ? `Bonjour ${dit(prenom, 80)},` : 'Bonjour,'
  const signature = organisation ? `Pass numérique, pour ${dit(organisation, 80)}` : 'Pass numérique'
  return { objet: contenu.objet, texte: textOf(contenu, salutation, signature), html: htmlOf(contenu, salutation, signature) }
}
