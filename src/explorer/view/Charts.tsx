import { useLayoutEffect, useRef } from 'preact/hooks';
import type { StateView } from '../../domain.js';

interface Props {
  readonly charts: readonly { readonly name: string; readonly svg: string }[];
  readonly view: StateView;
}

/** The machine of each component, with its present state marked. */
export const Charts = ({ charts, view }: Props) =>
  charts.length === 0 ? null : (
    <section class="charts" aria-label="Machines">
      <h2>Machines</h2>
      {charts.map(({ name, svg }) => (
        <Machine key={name} svg={svg} state={stateOf(view, name)} />
      ))}
    </section>
  );

const stateOf = ({ tables }: StateView, component: string): string | undefined =>
  tables.flatMap(({ rows }) => rows).find(({ name }) => name === component)?.fields.state;

interface MachineProps {
  readonly svg: string;
  readonly state: string | undefined;
}

function Machine({ svg, state }: MachineProps) {
  const host = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    for (const name of host.current?.querySelectorAll('text.name') ?? [])
      name.previousElementSibling?.classList.toggle('here', name.textContent === state);
  });
  return <div class="machine" ref={host} dangerouslySetInnerHTML={{ __html: svg }} />;
}
