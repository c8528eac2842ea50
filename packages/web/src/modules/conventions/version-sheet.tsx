import type { Version } from '@pass/contracts/conventions-versions.ts'
import { conventionVersionRoutes } from '@pass/contracts/conventions-versions.ts'
import { type Noms, TERME_RULES } from '@pass/domain/convention-termes.ts'
import { plural } from '@pass/domain/money.ts'
import { FileText } from 'lucide-react'
import type { ReactNode } from 'react'
import { fileUrl } from '../../api.ts'
import { LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { DefinitionList } from '../../ui/definition-list.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Jour } from '../../ui/values.tsx'
import { ConventionFinanceurs } from './convention-financeurs.tsx'

type Difference = Version['differences'][number]

const COLUMNS: Column<Difference>[] = [
  { cle: 'libelle', titre: 'Règle', cell: (row) => row.libelle },
  { cle: 'avant', titre: 'Avant', cell: (row) => row.avant },
  { cle: 'apres', titre: 'Après', cell: (row) => <strong>{row.apres}</strong> },
]

const Situation = ({ version }: { version: Version }) => {
  const { statut, dateEffet, dateRemplacement, motifAbandon, signaturesManquantes } = version
  if (statut === 'abandonnee')
    return (
      <Notice tone="neutre" titre="Avenant abandonné.">
        {motifAbandon}
      </Notice>
    )
  if (statut === 'brouillon')
    return (
      <Notice tone="attente" titre="Rien ne change avant la dernière signature.">
        {signaturesManquantes.length > 0 && `Signature attendue : ${signaturesManquantes.join(', ')}.`}
      </Notice>
    )
  return (
    <p>
      En vigueur depuis le <Jour date={dateEffet} phrase />
      {dateRemplacement && (
        <>
          , remplacée le <Jour date={dateRemplacement} phrase />
        </>
      )}
      .
    </p>
  )
}

/** The printed version. */
export const VersionPdf = ({ conventionId, version }: { conventionId: string; version: number }) => (
  <LinkButton
    variant="second"
    icon={FileText}
    href={fileUrl(conventionVersionRoutes.drawConvention, { params: { conventionId, version } })}
  >
    {version === 1 ? 'Lire la convention en PDF' : 'Lire l’avenant en PDF'}
  </LinkButton>
)

type Props = { version: Version; agir?: ReactNode }

/** A version: what it changes, who pays, all its rules. */
export const VersionSheet = ({ version, agir }: Props) => {
  const noms: Noms = {
    territoires: new Map(version.territoires.map(({ code, nom }) => [code, nom])),
    lieux: new Map(version.lieux.map(({ id, nom, commune }) => [id, `${nom} (${commune})`])),
  }
  const termes = { ...version.termes, financeurs: version.financeurs }
  return (
    <>
      <Situation version={version} />
      {version.numero > 1 && (
        <>
          <h2>Ce que cette version change</h2>
          <DataTable
            caption={plural(version.differences.length, 'règle modifiée', 'règles modifiées')}
            rows={version.differences}
            rowKey={(row) => row.champ + row.libelle}
            columns={COLUMNS}
            empty={<p className="vide doux">Rien de ce que votre organisation voit ne change.</p>}
          />
        </>
      )}
      {version.financeurs.length > 0 && (
        <>
          <h2>Financeurs</h2>
          <ConventionFinanceurs financeurs={version.financeurs} conventionId={version.convention.id} />
        </>
      )}
      {agir}
      <Card titre="Toutes les règles de cette version">
        <DefinitionList
          items={TERME_RULES.filter(({ champ }) => champ !== 'financeurs').map(({ libelle, say }) => ({
            terme: libelle,
            valeur: say(termes, noms),
          }))}
        />
      </Card>
    </>
  )
}
