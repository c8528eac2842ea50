import type { CompteBancaire } from '@pass/contracts/comptes-bancaires.ts'
import { VERIFICATION_LABELS } from '@pass/domain/comptes-bancaires.ts'
import { apiQuery, paramsOf, useWarmed, warm } from '@pass/web/api.ts'
import { Card, Columns, Stack } from '@pass/web/ui/card.tsx'
import { DefinitionList } from '@pass/web/ui/definition-list.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { type Etape, Timeline } from '@pass/web/ui/timeline.tsx'
import { Instant } from '@pass/web/ui/values.tsx'
import { useState } from 'react'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'
import type { Said } from '../widgets/act.ts'
import { CompteBancaireActs } from '../widgets/compte-bancaire-acts.tsx'
import { nextStepOf } from '../widgets/compte-bancaire-steps.ts'
import { CompteBancaireBadge, getCompteBancaire } from '../widgets/comptes-bancaires-calls.ts'
import { SaidNotice } from '../widgets/said-notice.tsx'

export const loader = ({ params }: LoaderFunctionArgs) =>
  warm({ compte: apiQuery(getCompteBancaire, { params: paramsOf(getCompteBancaire, params) }) })

const Facts = ({ compte }: { compte: CompteBancaire }) => (
  <Card titre="Compte">
    <DefinitionList
      items={[
        { terme: 'Structure', valeur: compte.structure.nom },
        { terme: 'Titulaire', valeur: compte.titulaire },
        { terme: 'IBAN', valeur: <span className="code">{compte.ibanMasque}</span> },
        { terme: 'BIC', valeur: compte.bic ?? 'Non indiqué' },
        { terme: 'Adresse prévenue', valeur: compte.contact ?? 'Non indiquée' },
        ...(compte.examen?.remplace ? [{ terme: 'Remplacerait', valeur: <span className="code">{compte.examen.remplace}</span> }] : []),
        ...(compte.examen?.verification
          ? [{ terme: 'Réponse de la banque', valeur: VERIFICATION_LABELS[compte.examen.verification] }]
          : []),
      ]}
    />
  </Card>
)

const step = (cle: string, titre: string, at: string | null, acteur?: string): Etape[] =>
  at ? [{ cle, titre, etat: 'fait', detail: <Instant at={at} />, ...(acteur && { acteur }) }] : []

const stepsOf = (compte: CompteBancaire): Etape[] => {
  const { examen, demandeAt, verifieAt, accepteAt, finAt, refuseAt, motifRefus, retireAt } = compte
  const next = nextStepOf(compte)
  return [
    ...step('demande', 'Demandé', demandeAt, compte.structure.nom),
    ...step('verifie', 'Vérifié', verifieAt, examen?.verifiePar?.nom),
    ...step('accepte', 'Accepté', accepteAt, examen?.acceptePar?.nom),
    ...step('retire', 'Retiré par la structure', retireAt),
    ...step('refuse', `Refusé : ${motifRefus ?? ''}`, refuseAt),
    ...(refuseAt ? [] : step('fin', 'Remplacé', finAt)),
    ...(next ? [{ cle: 'suite', titre: next, etat: 'encours' as const }] : []),
  ]
}

export const Component = () => {
  const { compte } = useWarmed<typeof loader>()
  const [said, setSaid] = useState<Said | null>(null)
  const others = compte.examen?.autresStructures ?? []
  return (
    <Page
      titre={`Compte de ${compte.structure.nom}`}
      fil={[
        { to: paths.accueil(), label: 'Accueil' },
        { to: paths.comptesBancaires(), label: 'Comptes bancaires' },
      ]}
      badge={<CompteBancaireBadge statut={compte.statut} />}
    >
      <SaidNotice said={said} />
      {others.length > 0 && (
        <Notice tone="attente" titre="Ce compte est aussi celui d’une autre structure.">
          {others.join(', ')}. Demandez pourquoi avant de l’accepter.
        </Notice>
      )}
      <Columns>
        <Stack>
          <Facts compte={compte} />
          {compte.statut === 'propose' && <CompteBancaireActs compte={compte} onDone={setSaid} />}
        </Stack>
        <Stack>
          <Card titre="Étapes">
            <Timeline etapes={stepsOf(compte)} />
          </Card>
        </Stack>
      </Columns>
    </Page>
  )
}
