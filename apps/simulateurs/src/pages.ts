import type { Agent } from './agents.ts'

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
export const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character]!)

const STYLE = `
  :root { color-scheme: light; font: 100%/1.5 system-ui, sans-serif; color: #1b1b2f; background: #f4f4f8 }
  main { max-width: 46rem; margin: 2rem auto; padding: 0 1rem }
  .avis { border: 2px solid #5b3a00; background: #fff6e5; padding: .75rem 1rem }
  ul { list-style: none; padding: 0; display: grid; gap: .5rem }
  button { font: inherit; width: 100%; min-height: 3rem; text-align: start; padding: .5rem 1rem; border: 1px solid #55556d; border-radius: .25rem; background: #fff; color: inherit; cursor: pointer }
  button:hover { background: #e9e9f4 }
  button:focus-visible, a:focus-visible { outline: 3px solid #1f3fb5; outline-offset: 2px }
  button span { display: block; color: #45455a }
  .annuler { width: auto }
`

/** A page of the simulator. Nothing of the State's own look: nobody may take it for the real one. */
export const page = (titre: string, corps: string): string => `<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(titre)} – Simulateur de ProConnect</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<p class="avis">Simulateur de ProConnect, pour la démonstration et les essais. Les personnes sont inventées.</p>
<h1>${escape(titre)}</h1>
${corps}
</main>
</body>
</html>`

const choice = ({ sub, given_name, usual_name, fonction, organisation, siret }: Agent) =>
  `<li><button name="agent" value="${escape(sub)}"><strong>${escape(`${given_name} ${usual_name}`)}</strong><span>${escape(`${fonction}, ${organisation} (SIRET ${siret})`)}</span></button></li>`

/** Who signs in: one button an agent, and the way back. */
export const signInPage = (agents: readonly Agent[]): string =>
  page(
    'Qui se connecte\u00a0?',
    `<form method="post">
<p>Choisissez l’agente ou l’agent public à incarner.</p>
<ul>${agents.map(choice).join('\n')}</ul>
<p><button class="annuler" name="annuler" value="1">Annuler</button></p>
</form>`,
  )

/** Signing out: sent by itself, by hand where scripts are off. */
export const signOutPage = (form: string): string =>
  page(
    'Déconnexion',
    `${form}
<p><button id="deconnexion" class="annuler" form="op.logoutForm" name="logout" value="yes">Se déconnecter de ProConnect</button></p>
<script>document.getElementById('deconnexion').click()</script>`,
  )

/** What went wrong: the protocol's own words, for whoever develops. */
export const errorPage = (error: string, description = ''): string =>
  page(
    'La demande n’a pas abouti',
    `<p>Revenez au service et recommencez.</p><p>Raison technique\u00a0: <code>${escape(error)}</code> ${escape(description)}</p>`,
  )
