import { parametrePaiementRoutes, type ParametresPaiement, type Proposition } from '@pass/contracts/parametres-paiement.ts'
import { parisDay } from '@pass/domain/days.ts'
import { maskIban } from '@pass/domain/iban.ts'
import { euros, plural } from '@pass/domain/money.ts'
import { PROPOSITION_LABELS } from '@pass/domain/parametres-paiement.ts'
import { apiQuery, useWarmed, warm } from '@pass/web/api.ts'
import { statutBadge } from '@pass/web/ui/badge.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { type Column, DataTable } from '@pass/web/ui/data-table.tsx'
import { DefinitionList } from '@pass/web/ui/definition-list.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Sheet } from '@pass/web/ui/sheet.tsx'
import { Jour } from '@pass/web/ui/values.tsx'
import { useState } from 'react'
import { paths } from '../paths.ts'
import type { Said } from '../widgets/act.ts'
import { DecideParametres, ProposeParametres } from '../widgets/parametres-paiement.tsx'
import { SaidNotice } from '../widgets/said-notice.tsx'

export const loader = () => warm({ parametres: apiQuery(parametrePaiementRoutes.getParametresPaiement, {}) })

type Valeurs = NonNullable<ParametresPaiement['actuels']>

const PropositionBadge = statutBadge(PROPOSITION_LABELS, { proposee: 'attente', acceptee: 'bien', refusee: 'neutre' })

/** « 1 approbation ; 2 à partir de 10 000,00 € ». */
const approvalsOf = (seuils: readonly number[]): string =>
  seuils.map((seuil, rank) => (seuil === 0 ? plural(rank + 1, 'approbation') : `${rank + 1} à partir de ${euros(seuil)}`)).join(' ; ')

const floorOf = (plancher: number | null): string =>
  plancher === null ? 'Au mois seulement' : `À la semaine à partir de ${euros(plancher)}, au mois sinon`

const factsOf = ({ debiteurNom, debiteurIban, seuilsCentimes, plancherHebdoCentimes }: Valeurs) => [
  { terme: 'Titulaire du compte débité', valeur: debiteurNom },
  { terme: 'IBAN', valeur: <span className="code">{debiteurIban}</span> },
  { terme: 'Approbations demandées', valeur: approvalsOf(seuilsCentimes) },
  { terme: 'Paiement des structures', valeur: floorOf(plancherHebdoCentimes) },
]

const COLUMNS: readonly Column<Proposition>[] = [
  { cle: 'le', titre: 'Proposé le', cell: (row) => <Jour date={parisDay(new Date(row.proposeAt))} /> },
  { cle: 'statut', titre: 'Décision', cell: (row) => <PropositionBadge statut={row.statut} /> },
  { cle: 'compte', titre: 'Compte débité', cell: (row) => <span className="code">{maskIban(row.debiteurIban)}</span> },
  { cle: 'approbations', titre: 'Approbations', cell: (row) => approvalsOf(row.seuilsCentimes) },
  { cle: 'plancher', titre: 'Paiement', cell: (row) => floorOf(row.plancherHebdoCentimes) },
  { cle: 'par', titre: 'Proposé par', cell: (row) => row.proposePar.nom },
  { cle: 'decide', titre: 'Décidé par', cell: (row) => row.decidePar ?? '–' },
]

const Current = ({ actuels }: Pick<ParametresPaiement, 'actuels'>) => (
  <Card titre="En vigueur">
    {actuels ? (
      <DefinitionList items={factsOf(actuels)} />
    ) : (
      <Notice tone="attente" titre="Rien n’est encore enregistré.">
        Aucun virement ne peut partir tant que le compte débité n’est pas connu : proposez-le, une autre personne l’acceptera.
      </Notice>
    )}
  </Card>
)

const Waiting = ({ enAttente, onDone }: { enAttente: Proposition; onDone: (said: Said) => void }) => (
  <Card titre="À décider">
    <p>
      Proposé par {enAttente.proposePar.nom}, le <Jour date={parisDay(new Date(enAttente.proposeAt))} />. Une autre personne compare chaque
      ligne, puis accepte ou refuse.
    </p>
    <DefinitionList items={factsOf(enAttente)} />
    <DecideParametres proposition={enAttente} onDone={onDone} />
  </Card>
)

export const Component = () => {
  const { parametres } = useWarmed<typeof loader>()
  const { actuels, enAttente, historique } = parametres
  const [said, setSaid] = useState<Said | null>(null)
  return (
    <Page
      titre="Paramètres de paiement"
      fil={[
        { to: paths.accueil(), label: 'Accueil' },
        { to: paths.bordereaux(), label: 'Bordereaux' },
      ]}
      intro="Le compte débité, les approbations demandées selon le montant et le rythme des paiements. Tout changement se décide à deux."
    >
      <SaidNotice said={said} />
      <Sheet
        agir={enAttente ? <Waiting enAttente={enAttente} onDone={setSaid} /> : <ProposeParametres actuels={actuels} onDone={setSaid} />}
        corps={<Current actuels={actuels} />}
      />
      {historique.length > 0 && (
        <DataTable
          caption={`Derniers changements : ${plural(historique.length, 'proposition')}`}
          rows={historique}
          rowKey={({ id }) => id}
          columns={COLUMNS}
          empty={null}
        />
      )}
    </Page>
  )
}
