import type { Creance } from '@pass/contracts/creances.ts'
import { AVIS_LABELS, CREANCE_CONSTAT_LABELS } from '@pass/domain/creances.ts'
import { formatDay, parisDay } from '@pass/domain/days.ts'
import { formatNumber, plural, pluralPass } from '@pass/domain/money.ts'
import { Card } from '../../ui/card.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { type Definition, DefinitionList } from '../../ui/definition-list.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { type Etape, Timeline } from '../../ui/timeline.tsx'
import { Euros, Jour } from '../../ui/values.tsx'

const factsOf = ({ structure, ancienOperateur, pass, montantCentimes, retenuCentimes, commentaire }: Creance): Definition[] => [
  { terme: 'Structure', valeur: structure.nom },
  { terme: 'Ancien opérateur', valeur: ancienOperateur },
  {
    terme: 'Déclaré',
    valeur: (
      <>
        {pluralPass(pass)}, <Euros centimes={montantCentimes} />
      </>
    ),
  },
  { terme: 'Retenu', valeur: retenuCentimes === null ? 'À décider' : <Euros centimes={retenuCentimes} /> },
  ...(commentaire ? [{ terme: 'Commentaire', valeur: commentaire }] : []),
]

/** What is claimed, and of what. */
export const CreanceFacts = ({ creance }: { creance: Creance }) => (
  <Card titre="Ce qui est déclaré">
    <DefinitionList items={factsOf(creance)} />
  </Card>
)

const at = (instant: string) => formatDay(parisDay(new Date(instant)))
type Step = NonNullable<Creance['examen']>
const told = ({ par, at: when, texte }: Step) => `Le ${at(when)}${par ? `, ${par.nom}` : ''}.${texte ? ` ${texte}` : ''}`

const examOf = ({ statut, examen, avis }: Creance): Etape => ({
  titre: avis ? `Examen : ${AVIS_LABELS[avis].toLowerCase()}` : 'Examen',
  etat: statut === 'declaree' ? 'encours' : 'fait',
  detail: examen ? told(examen) : statut === 'declaree' ? 'Une personne de l’opérateur lit les preuves et les pass.' : null,
})

const decisionOf = ({ statut, decision }: Creance): Etape => ({
  titre: statut === 'refusee' ? 'Refusée' : 'Décision',
  etat: statut === 'declaree' ? 'attente' : statut === 'examinee' ? 'encours' : statut === 'refusee' ? 'refus' : 'fait',
  detail: decision ? told(decision) : 'Une autre personne accepte ou refuse.',
})

const paymentOf = ({ statut, paiement }: Creance): Etape => ({
  titre: 'Paiement',
  etat: paiement ? 'fait' : statut === 'acceptee' ? 'encours' : 'attente',
  detail: paiement
    ? `Virement ${paiement.reference} du ${formatDay(paiement.dateBanque)}.`
    : 'Le virement est noté par une troisième personne.',
})

/** Where the claim is, and whose turn it is. */
export const CreanceSteps = ({ creance }: { creance: Creance }) => (
  <Card titre="Où en est-elle ?">
    <Timeline
      etapes={[
        { titre: 'Déclarée', etat: 'fait', detail: `Le ${at(creance.declareeAt)}.` },
        examOf(creance),
        decisionOf(creance),
        ...(creance.statut === 'refusee' ? [] : [paymentOf(creance)]),
      ]}
    />
  </Card>
)

type Line = Creance['lignes'][number]
/** What is unpaid is retained once the claim is accepted, not before. */
const constatIn = (constat: NonNullable<Line['constat']>, statut: Creance['statut']): string =>
  constat === 'impaye' && (statut === 'acceptee' || statut === 'payee')
    ? `${CREANCE_CONSTAT_LABELS[constat]} : retenu`
    : CREANCE_CONSTAT_LABELS[constat]

const columnsOf = (statut: Creance['statut']): Column<Line>[] => [
  { cle: 'rang', titre: 'Pass', cell: (row) => formatNumber(row.rang), code: true },
  { cle: 'date', titre: 'Utilisé le', cell: (row) => <Jour date={row.dateUtilisation} /> },
  {
    cle: 'constat',
    titre: 'D’après la reprise',
    cell: (row) => (row.constat ? constatIn(row.constat, statut) : <span className="doux">Dit à la décision</span>),
  },
]

/** The pass, by their place in the declaration: no code of theirs is kept. */
export const CreanceLines = ({ creance }: { creance: Creance }) => (
  <DataTable
    caption={plural(creance.lignes.length, 'pass déclaré', 'pass déclarés')}
    rows={creance.lignes}
    rowKey={(row) => String(row.rang)}
    columns={columnsOf(creance.statut)}
    empty={<EmptyState titre="Aucun pass">Cette créance ne porte aucun pass.</EmptyState>}
  />
)
