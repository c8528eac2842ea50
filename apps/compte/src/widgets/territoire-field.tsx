import { referentielRoutes } from '@pass/contracts/referentiels.ts'
import { apiQuery, useApiQuery } from '@pass/web/api.ts'
import { territoireInWords } from '@pass/web/modules/conventions/territoires.ts'
import { ComboBox } from '@pass/web/ui/combo-box.tsx'
import { Fieldset } from '@pass/web/ui/fieldset.tsx'
import { SelectField } from '@pass/web/ui/select-field.tsx'
import { X } from 'lucide-react'
import { useState } from 'react'

const { listCommunes, listDepartements } = referentielRoutes

type Props = {
  legende: string
  aide: string
  id: string
  value: readonly string[] | undefined
  onChange: (codes: string[]) => void
  error?: string | undefined
}

/** Départements and communes, each added and removed by itself; none means the whole territory. */
export const TerritoireField = ({ legende, aide, id, value = [], onChange, error }: Props) => {
  const { data } = useApiQuery(listDepartements, {})
  const [noms, setNoms] = useState<ReadonlyMap<string, string>>(new Map())
  const [turn, setTurn] = useState(0)
  const departements = data?.items ?? []
  const names = new Map([...departements.map(({ code, nom }) => [`D${code}`, `${nom} (${code})`] as const), ...noms])
  const add = (code: string | undefined) => {
    if (code && !value.includes(code)) onChange([...value, code])
  }
  return (
    <Fieldset {...{ legende, aide, error, id }} facultatif>
      {value.length > 0 && (
        <ul className="etiquettes">
          {value.map((code) => (
            <li key={code}>
              <span>{territoireInWords([code], names)}</span>
              <button type="button" onClick={() => onChange(value.filter((one) => one !== code))}>
                <X aria-hidden="true" />
                <span className="hors-ecran">{`Retirer ${territoireInWords([code], names)}`}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className="cote-a-cote">
        <SelectField
          label="Ajouter un département"
          id={`${id}-departement`}
          value=""
          options={departements.map(({ code, nom }) => ({ value: `D${code}`, label: `${nom} (${code})` }))}
          onChange={({ target }) => add(target.value)}
        />
        <ComboBox
          key={turn}
          id={`${id}-commune`}
          label="Ajouter une commune"
          value={null}
          query={(recherche) => apiQuery(listCommunes, { query: { recherche } })}
          items={({ items }) =>
            items.map(({ code, nom, codesPostaux }) => ({ id: `C${code}`, libelle: nom, detail: codesPostaux.join(', ') }))
          }
          onPick={({ id: code, libelle }) => {
            setNoms(new Map(noms).set(code, libelle))
            add(code)
            setTurn(turn + 1)
          }}
        />
      </div>
    </Fieldset>
  )
}
